package dev.basalt.app.access.hosts;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The names that the service may be called by. Immutable. */
public final class AllowedHosts {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** In lower case; empty: any. */
    private final Set<String> names;

    private AllowedHosts(Set<String> names) {
        this.names = names;
    }

    /**
     * Those that were set; without any, this machine's own names where it serves only itself, and any name elsewhere.
     *
     * @param set host names and addresses, without ports
     * @param listensOn the address that the service listens on
     * @throws IllegalArgumentException if one is no host, or has a port
     */
    public static AllowedHosts of(List<String> set, String listensOn) {
        if (set.isEmpty()) {
            return new AllowedHosts(Loopback.is(listensOn) ? LOOPBACK : Set.of());
        }
        return new AllowedHosts(set.stream().map(AllowedHosts::name).collect(Collectors.toUnmodifiableSet()));
    }

    /** Tells whether the service may be called so, on whichever port. */
    public boolean contains(Authority host) {
        return names.isEmpty() || names.contains(host.name());
    }

    private static String name(String host) {
        return Authority.parse(host)
                .filter(authority -> authority.port() < 0)
                .map(Authority::name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + host + "': host names and addresses without ports are allowed, IPv6 in brackets"));
    }
}
