package dev.basalt.adapters.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was said about the servers, in the order in which they are tried. What one place leaves open, another may say.
 *
 * @param hosts the servers; empty if nothing was said about any
 */
record Servers(List<Host> hosts) {

    static final int DEFAULT_PORT = 5432;

    static final Servers UNSAID = new Servers(List.of());

    /** What holds where nothing is said. */
    private static final Host DEFAULT = new Host("localhost", DEFAULT_PORT);

    /**
     * One server.
     *
     * @param name its name or address, without brackets, or {@code null} if it was not said
     * @param port its port, or {@code null} if it was not said
     */
    record Host(@Nullable String name, @Nullable Integer port) {

        /** The name as a URL has it, where an IPv6 address stands in brackets. */
        String bracketedName() {
            String host = nameOrDefault();
            return host.contains(":") ? "[" + host + "]" : host;
        }

        String nameOrDefault() {
            return name == null ? "localhost" : name;
        }

        int portOrDefault() {
            return port == null ? DEFAULT_PORT : port;
        }
    }

    Servers {
        hosts = List.copyOf(hosts);
    }

    /** Names or addresses, separated by commas; an {@link IllegalArgumentException} says what is wrong with one. */
    static Servers named(String list) {
        return new Servers(Arrays.stream(list.split(",", -1))
                .map(name -> new Host(name(name), null))
                .toList());
    }

    /** Ports, separated by commas: one for all servers, or one for each. */
    static Servers onPorts(String list) {
        return new Servers(Arrays.stream(list.split(",", -1))
                .map(port -> new Host(null, port(port)))
                .toList());
    }

    /** A host's name, or an IPv6 address with or without its brackets; {@code null} for an empty one. */
    static @Nullable String name(String given) {
        if (given.startsWith("/")) {
            throw new IllegalArgumentException("the host is a Unix-domain socket, which the driver cannot use");
        }
        String name = given.startsWith("[") && given.endsWith("]") ? given.substring(1, given.length() - 1) : given;
        if (name.chars().anyMatch(c -> c <= ' ' || "@,/?#[]\\".indexOf(c) >= 0)
                || (name.contains(":") && !name.matches("[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%\\w+)?"))) {
            throw new IllegalArgumentException("the host is neither a name nor an address");
        }
        return name.isEmpty() ? null : name;
    }

    static int port(String given) {
        if (given.matches("[0-9]{1,5}") && Integer.parseInt(given) >= 1 && Integer.parseInt(given) <= 65535) {
            return Integer.parseInt(given);
        }
        throw new IllegalArgumentException("port is '" + given + "': a number from 1 to 65535 is allowed");
    }

    /** What is said here and there together, or empty if they contradict each other. */
    Optional<Servers> and(Servers other) {
        if (hosts.isEmpty() || other.hosts.isEmpty()) {
            return Optional.of(hosts.isEmpty() ? other : this);
        }
        List<Host> ours = spread(other.hosts.size());
        List<Host> theirs = other.spread(hosts.size());
        if (ours.size() != theirs.size()) {
            return Optional.empty();
        }
        var both = new ArrayList<Host>();
        for (int i = 0; i < ours.size(); i++) {
            Host one = ours.get(i);
            Host two = theirs.get(i);
            if (contradict(one.name(), two.name()) || contradict(one.port(), two.port())) {
                return Optional.empty();
            }
            both.add(new Host(
                    one.name() == null ? two.name() : one.name(), one.port() == null ? two.port() : one.port()));
        }
        return Optional.of(new Servers(both));
    }

    private static boolean contradict(@Nullable Object one, @Nullable Object two) {
        return one != null && two != null && !Objects.equals(one, two);
    }

    /** A port without a name is the port of all. */
    private List<Host> spread(int count) {
        return hosts.size() == 1 && hosts.getFirst().name() == null
                ? Collections.nCopies(count, hosts.getFirst())
                : hosts;
    }

    /** As a URL has them; only what was said. */
    @Override
    public String toString() {
        return hosts.stream()
                .map(host -> (host.name() == null ? "" : host.bracketedName())
                        + (host.port() == null ? "" : ":" + host.port()))
                .collect(Collectors.joining(","));
    }

    /** The same, with the default where nothing was said; at least one. */
    Servers orDefault() {
        return hosts.isEmpty() ? new Servers(List.of(DEFAULT)) : this;
    }
}
