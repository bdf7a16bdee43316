package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.SettingFaults;
import dev.basalt.adapters.postgres.Servers.Host;
import dev.basalt.domain.settings.DatabasePlace;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.SettingFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.postgresql.PGProperty;

/**
 * What URL and options say together about one database, with the defaults where neither says anything.
 *
 * @param servers the servers, at least one
 * @param database the database
 * @param service who the service logs in as
 * @param migration who migrates; the same as the service where nothing else is set
 * @param parameters the driver's other properties
 * @param idleInTransactionTimeout how long the server waits for the next statement of a transaction; zero for ever
 * @param clientCheckInterval how often the server looks whether the client is still there; zero for never
 */
record PostgresSettings(
        Servers servers,
        String database,
        Login service,
        Login migration,
        Map<PGProperty, String> parameters,
        Duration idleInTransactionTimeout,
        Duration clientCheckInterval) {

    PostgresSettings {
        parameters = Map.copyOf(parameters);
    }

    /** Everything that is wrong with the settings. */
    static List<SettingFault> faults(DatabaseSettings settings) {
        var reader = new PostgresSettingsReader(settings);
        reader.read();
        return reader.faults();
    }

    /**
     * Reads the settings.
     *
     * @throws dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid if there is a fault
     */
    static PostgresSettings of(DatabaseSettings settings) {
        var reader = new PostgresSettingsReader(settings);
        PostgresSettings read = reader.read();
        SettingFaults.refuse(settings.pool(), reader.faults());
        return read;
    }

    /** Whether reads go to other servers than writes where there are any: there are several, and nobody said which to use. */
    boolean separatesReads() {
        return servers.hosts().size() > 1 && !parameters.containsKey(PGProperty.TARGET_SERVER_TYPE);
    }

    /** Where the database is; of several servers, the first. */
    DatabasePlace place() {
        Host first = servers.hosts().getFirst();
        return new DatabasePlace(
                PostgresBackendProvider.PRODUCT,
                first.nameOrDefault(),
                first.portOrDefault(),
                database,
                SearchPath.first(parameters.getOrDefault(PGProperty.CURRENT_SCHEMA, "")));
    }

    /** Without the parameters, one of which may be secret. */
    @Override
    public String toString() {
        return "PostgresSettings[" + servers + "/" + database + "]";
    }
}
