package dev.basalt.adapters.jdbc.bridge;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;

/** The connection of Basalt's transaction, lent to a guest that must neither end the transaction nor change it. */
final class GuestConnection {

    private static final Set<String> HOSTS_OWN = Set.of(
            "abort",
            "commit",
            "releaseSavepoint",
            "rollback",
            "setAutoCommit",
            "setCatalog",
            "setNetworkTimeout",
            "setReadOnly",
            "setSavepoint",
            "setSchema",
            "setTransactionIsolation",
            "unwrap");

    private GuestConnection() {}

    /** Asks for the host's connection at each call, so that one whose time is over is refused. */
    static Connection of(Supplier<Connection> host) {
        return (Connection) Proxy.newProxyInstance(
                GuestConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    String name = method.getName();
                    if (name.equals("close")) {
                        return null;
                    }
                    if (HOSTS_OWN.contains(name)) {
                        throw new SQLException(name + "() is refused: the connection belongs to a running transaction");
                    }
                    try {
                        return method.invoke(host.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
