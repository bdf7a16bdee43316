package dev.basalt.adapters.jdbc.bridge;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The connection of Basalt's transaction, lent to a guest that must neither end the transaction nor change it. */
final class GuestConnection {

    private static final Set<String> HOSTS_OWN =
            Set.of("abort", "commit", "setAutoCommit", "setReadOnly", "setTransactionIsolation", "setNetworkTimeout");

    private GuestConnection() {}

    static Connection of(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                GuestConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    String name = method.getName();
                    if (name.equals("close")) {
                        return null;
                    }
                    boolean whole = name.equals("rollback") && arguments == null;
                    if (whole || HOSTS_OWN.contains(name)) {
                        throw new SQLException(name + "() is refused: the connection belongs to a running transaction");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
