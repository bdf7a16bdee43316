package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.connection.Connector;
import java.util.List;

/**
 * The ways on which a heartbeat reaches a database. Each gives up in some seconds, as only so many attempts are made at the
 * same time.
 *
 * @param writes leads to where writes are taken, if that is anywhere
 * @param servers lead to one server each, whatever it takes: some may answer while the one that takes writes does not;
 *     empty where there is only one server
 */
public record Routes(Connector writes, List<Connector> servers) {

    public Routes {
        servers = List.copyOf(servers);
    }

    /** The way to the only server that there is. */
    public static Routes to(Connector server) {
        return new Routes(server, List.of());
    }

    /** Tells whether there are several servers. */
    boolean differ() {
        return !servers.isEmpty();
    }
}
