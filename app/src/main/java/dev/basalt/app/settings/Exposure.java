package dev.basalt.app.settings;

import dev.basalt.app.access.hosts.AllowedHosts;
import dev.basalt.app.access.hosts.Loopback;
import dev.basalt.app.access.users.UsersFile;
import dev.basalt.domain.settings.Secret;
import io.micronaut.core.naming.conventions.StringConvention;
import io.micronaut.core.value.PropertyResolver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether who may call fits where the service listens: without credentials, whoever reaches it is its administrator, so
 * then only its own machine may reach it.
 */
final class Exposure {

    private static final String HOST = "micronaut.server.host";
    private static final String LISTENERS = "micronaut.server.netty.listeners";
    private static final String FRAMEWORK = "micronaut.security";

    private Exposure() {}

    /**
     * What is wrong with it, each naming the setting; empty if nothing is.
     *
     * @param host the address that the server listens on
     * @param properties where to look for what opens further sockets
     */
    static List<String> faults(AccessSettings access, String host, PropertyResolver properties) {
        var faults = new ArrayList<String>();
        users(access.usersFile(), faults);
        secret(access.jwtSecret(), faults);
        hosts(access.allowedHosts(), host, faults);
        if (!access.configured()) {
            listeners(host, properties, faults);
        }
        framework(properties, faults);
        return faults;
    }

    private static void users(@Nullable Path file, List<String> faults) {
        if (file != null) {
            UsersFile.read(file).faults().forEach(fault -> faults.add("access.users-file: '" + file + "': " + fault));
        }
    }

    private static void secret(@Nullable Secret secret, List<String> faults) {
        if (secret == null) {
            return;
        }
        int bytes = secret.reveal().getBytes(StandardCharsets.UTF_8).length;
        if (bytes < AccessSettings.SHORTEST_JWT_SECRET) {
            faults.add("access.jwt-secret has " + bytes + " bytes: at least " + AccessSettings.SHORTEST_JWT_SECRET
                    + " are allowed");
        }
    }

    private static void hosts(List<String> allowed, String host, List<String> faults) {
        try {
            var _ = AllowedHosts.of(allowed, host);
        } catch (IllegalArgumentException e) {
            faults.add("access.allowed-hosts: " + e.getMessage());
        }
    }

    /** Management and encrypted ports are opened on the server's host; explicit listeners have hosts of their own. */
    private static void listeners(String host, PropertyResolver properties, List<String> faults) {
        var listening = new TreeMap<String, String>();
        listening.put(HOST, host);
        for (String name : listenerNames(properties)) {
            String property = LISTENERS + "." + name + ".host";
            listening.put(
                    property, properties.getProperty(property, String.class).orElse(""));
        }
        listening.forEach((property, address) -> {
            if (!Loopback.is(address)) {
                faults.add(
                        "%s (%s) is '%s': without credentials only a loopback address such as 127.0.0.1 is allowed; set"
                                        .formatted(property, variable(property), address)
                                + " access.users-file (ACCESS_USERS_FILE) or access.jwt-secret (ACCESS_JWT_SECRET) to serve others");
            }
        });
    }

    private static Set<String> listenerNames(PropertyResolver properties) {
        var names = new TreeSet<>(properties.getPropertyEntries(LISTENERS));
        properties
                .getProperties(LISTENERS, StringConvention.RAW)
                .keySet()
                .forEach(key -> names.add(key.replaceFirst("\\..*", "")));
        return names;
    }

    /** Its own switches could open what is closed. */
    private static void framework(PropertyResolver properties, List<String> faults) {
        for (String key : new TreeSet<>(
                properties.getProperties(FRAMEWORK, StringConvention.RAW).keySet())) {
            faults.add(FRAMEWORK + "." + key + " cannot be set: who may call is set by access.*");
        }
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
