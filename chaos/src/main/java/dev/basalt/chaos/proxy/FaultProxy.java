package dev.basalt.chaos.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Stands between clients and a server on the loopback interface, and fails in the ways that a network does.
 *
 * <p>It begins as a way on which everything passes. Each fault holds for all connections, old and new, until {@link #heal}
 * unless it says otherwise. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private final InetSocketAddress server;
    private final Conditions conditions = new Conditions();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Queue<Long> connects = new ConcurrentLinkedQueue<>();
    private final int port;
    private @Nullable ServerSocket door;

    /** Opens one to the server of this port on the loopback interface. */
    public FaultProxy(int serverPort) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        this.port = open(0);
    }

    /** Where it listens on the loopback interface; the same throughout. */
    public int port() {
        return port;
    }

    /** When clients connected so far, by {@link System#nanoTime}; attempts that are refused are not seen. */
    public List<Long> connects() {
        return List.copyOf(connects);
    }

    /** Delays each piece of what is sent, in either direction, by a time between the least and that plus the jitter. */
    public void delay(Duration least, Duration jitter) {
        conditions.delay(least, jitter);
    }

    /** Lets no more than so many bytes a second pass on each connection and in each direction. */
    public void limit(long bytesPerSecond) {
        conditions.limit(bytesPerSecond);
    }

    /** Takes connections, but lets nothing through; what is sent waits, as lost packets that will be sent again. */
    public void blackHole() {
        conditions.freeze();
    }

    /** The connections that are open lose everything from here on, also after healing; new ones are well. */
    public void silence() {
        links.forEach(Link::silence);
    }

    /** Cuts the connections that are open; new ones are well. */
    public void reset() {
        links.forEach(Link::reset);
    }

    /** Cuts each connection once the server has sent so many more bytes on it. */
    public void cutAfter(long bytes) {
        conditions.cutAfter(bytes);
    }

    /** Whenever a PostgreSQL client commits, the server's reply is lost and the connection cut, with this probability. */
    public void loseCommitReplies(double share) {
        conditions.loseCommitReplies(share);
    }

    /** Cuts the connections that are open, and refuses new ones. */
    public synchronized void refuse() {
        closeDoor();
        reset();
    }

    /** Ends every fault. */
    public synchronized void heal() {
        conditions.heal();
        if (door == null) {
            open(port);
        }
    }

    @Override
    public void close() {
        refuse();
        conditions.heal();
    }

    private synchronized int open(int on) {
        try {
            var opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on), 200);
            door = opened;
            Thread.ofVirtual().start(() -> acceptAll(opened));
            return opened.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeDoor() {
        if (door == null) {
            return;
        }
        try {
            door.close();
            door = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                connects.add(System.nanoTime());
                var link = new Link(client, conditions);
                links.add(link);
                Thread.ofVirtual().start(() -> carry(link));
            } catch (IOException e) {
                // The door was closed, or the client has gone again.
            }
        }
    }

    private void carry(Link link) {
        try {
            link.carry(server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            links.remove(link);
        }
    }
}
