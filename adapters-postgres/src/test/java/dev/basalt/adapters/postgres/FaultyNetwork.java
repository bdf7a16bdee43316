package dev.basalt.adapters.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A way to a server that fails when it is told to: it refuses, or it freezes, as the server itself does when it is stopped
 * or its packets are lost, or it forgets connections, which neither end is told of.
 */
final class FaultyNetwork implements AutoCloseable {

    private final InetSocketAddress server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final int port;
    private @Nullable ServerSocket door;
    private boolean frozen;

    FaultyNetwork(PostgresServer server) {
        this.server = new InetSocketAddress(server.host(), server.port());
        this.port = open(0);
    }

    int port() {
        return port;
    }

    /** Cuts every connection, and takes no more. */
    synchronized void refuse() {
        try {
            Objects.requireNonNull(door).close();
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes connections again. */
    void accept() {
        open(port);
    }

    /** Lets nothing through; connections are taken, and what is sent waits. */
    synchronized void freeze() {
        frozen = true;
    }

    /** Lets through what has waited, and all that comes. */
    synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    /** How many connections were taken so far. */
    int taken() {
        return links.size();
    }

    /** Drops for ever what is sent on the connections that there are, but for the first ones. */
    void silence(int spared) {
        links.stream().skip(spared).forEach(link -> link.silent = true);
    }

    private synchronized int open(int on) {
        try {
            var opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on));
            door = opened;
            start(() -> acceptAll(opened));
            return opened.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll(ServerSocket from) throws IOException {
        while (true) {
            Socket client = from.accept();
            sockets.add(client);
            var link = new Link();
            links.add(link);
            start(() -> connect(client, link));
        }
    }

    private void connect(Socket client, Link link) throws IOException, InterruptedException {
        awaitThaw();
        var upstream = new Socket();
        sockets.add(upstream);
        upstream.connect(server);
        start(() -> copy(upstream, client, link));
        copy(client, upstream, link);
    }

    private void copy(Socket from, Socket to, Link link) throws IOException, InterruptedException {
        try (from;
                to) {
            var buffer = new byte[8192];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                awaitThaw();
                if (!link.silent) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        }
    }

    private synchronized void awaitThaw() throws InterruptedException {
        while (frozen) {
            wait();
        }
    }

    private static void start(Traffic traffic) {
        Thread.ofPlatform().daemon().name("network").start(() -> {
            try {
                traffic.run();
            } catch (IOException e) {
                // The connection, or the door, was closed at the other end.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        thaw();
        refuse();
    }

    /** A connection from end to end. */
    private static final class Link {
        private volatile boolean silent;
    }

    @FunctionalInterface
    private interface Traffic {
        void run() throws IOException, InterruptedException;
    }
}
