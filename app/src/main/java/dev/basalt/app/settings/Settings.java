package dev.basalt.app.settings;

import io.micronaut.core.value.PropertyResolver;
import java.util.List;

/**
 * All settings, read and checked.
 *
 * @param pools the databases, the primary one first
 */
public record Settings(
        List<PoolConfiguration> pools,
        MonitorSettings monitor,
        MigrationSettings migrations,
        ServerSettings server,
        AccessSettings access) {

    public Settings {
        pools = List.copyOf(pools);
    }

    /**
     * What is wrong between settings that are right each for itself.
     *
     * @param properties where the framework's own settings stand, which could open further sockets
     */
    public List<String> faults(PropertyResolver properties) {
        return Exposure.faults(access, server.host(), properties);
    }
}
