package dev.basalt.app.settings.reading;

import static dev.basalt.app.settings.catalogue.Catalogue.ALLOWED_HOSTS;
import static dev.basalt.app.settings.catalogue.Catalogue.DRAIN_TIMEOUT;
import static dev.basalt.app.settings.catalogue.Catalogue.HEALTH_CHECK_INTERVAL;
import static dev.basalt.app.settings.catalogue.Catalogue.JWT_AUDIENCE;
import static dev.basalt.app.settings.catalogue.Catalogue.JWT_ISSUER;
import static dev.basalt.app.settings.catalogue.Catalogue.JWT_SECRET;
import static dev.basalt.app.settings.catalogue.Catalogue.MIGRATE_ON_START;
import static dev.basalt.app.settings.catalogue.Catalogue.PAGE_SIZE;
import static dev.basalt.app.settings.catalogue.Catalogue.POOL_MONITOR_INTERVAL;
import static dev.basalt.app.settings.catalogue.Catalogue.PROFILE;
import static dev.basalt.app.settings.catalogue.Catalogue.REVERT_ALLOWED;
import static dev.basalt.app.settings.catalogue.Catalogue.SERVER_HOST;
import static dev.basalt.app.settings.catalogue.Catalogue.SERVER_PORT;
import static dev.basalt.app.settings.catalogue.Catalogue.USERS_FILE;

import dev.basalt.app.settings.AccessSettings;
import dev.basalt.app.settings.MigrationSettings;
import dev.basalt.app.settings.MonitorSettings;
import dev.basalt.app.settings.ServerSettings;
import dev.basalt.domain.settings.InvalidSetting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is once, however many pools. Where it is at fault, its default stands in. */
final class GlobalReader {

    private final Values values;

    GlobalReader(Values values, List<String> profiles) {
        this.values = values;
        List<String> meant = values.text(PROFILE).stream().toList();
        if (values.faultless() && !profiles.equals(meant)) {
            values.fault(
                    PROFILE,
                    ": one profile can be in force, and a configuration file cannot name it; in force are " + profiles);
        }
    }

    MonitorSettings monitor() {
        MonitorSettings defaults = MonitorSettings.DEFAULTS;
        Duration health = values.duration(HEALTH_CHECK_INTERVAL);
        Duration pool = values.duration(POOL_MONITOR_INTERVAL);
        values.check(HEALTH_CHECK_INTERVAL, () -> new MonitorSettings(health, defaults.poolMonitorInterval()));
        values.check(POOL_MONITOR_INTERVAL, () -> new MonitorSettings(defaults.healthCheckInterval(), pool));
        return orDefault(() -> new MonitorSettings(health, pool), defaults);
    }

    MigrationSettings migrations() {
        return new MigrationSettings(values.flag(MIGRATE_ON_START), values.flag(REVERT_ALLOWED));
    }

    ServerSettings server() {
        ServerSettings defaults = ServerSettings.DEFAULTS;
        String host = values.text(SERVER_HOST).orElse(defaults.host());
        int port = values.number(SERVER_PORT);
        Duration drain = values.duration(DRAIN_TIMEOUT);
        int page = values.number(PAGE_SIZE);
        values.check(
                SERVER_PORT,
                () -> new ServerSettings(defaults.host(), port, defaults.drainTimeout(), defaults.pageSize()));
        values.check(
                DRAIN_TIMEOUT, () -> new ServerSettings(defaults.host(), defaults.port(), drain, defaults.pageSize()));
        values.check(
                PAGE_SIZE, () -> new ServerSettings(defaults.host(), defaults.port(), defaults.drainTimeout(), page));
        return orDefault(() -> new ServerSettings(host, port, drain, page), defaults);
    }

    AccessSettings access() {
        return new AccessSettings(
                usersFile(),
                values.secret(JWT_SECRET).orElse(null),
                values.text(JWT_ISSUER).orElse(null),
                values.text(JWT_AUDIENCE).orElse(null),
                values.text(ALLOWED_HOSTS).stream()
                        .flatMap(hosts -> Stream.of(hosts.split(",")))
                        .map(String::strip)
                        .filter(host -> !host.isEmpty())
                        .toList());
    }

    private @Nullable Path usersFile() {
        try {
            return values.text(USERS_FILE).map(Path::of).orElse(null);
        } catch (InvalidPathException e) {
            values.fault(USERS_FILE, " is no path");
            return null;
        }
    }

    private static <T> T orDefault(Supplier<T> settings, T fallback) {
        try {
            return settings.get();
        } catch (InvalidSetting e) {
            return fallback;
        }
    }
}
