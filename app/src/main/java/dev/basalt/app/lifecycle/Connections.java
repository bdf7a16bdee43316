package dev.basalt.app.lifecycle;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The server's listeners and the connections of its clients, so that they can be ended without losing a request.
 *
 * <p>The server's own graceful shutdown closes idle connections at once. A client that keeps its connections alive is about
 * to send its next request on one of them, and that request would be lost; here, it is still answered. Thread-safe.
 */
@Singleton
final class Connections implements NettyServerCustomizer, BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    /** Guards the rest. */
    private final Object lock = new Object();

    private final Set<Channel> listeners = new HashSet<>();
    private final Set<DrainedConnection> open = new HashSet<>();
    private boolean draining;

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(this);
        return event.getBean();
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
        return switch (role) {
            case LISTENER -> {
                synchronized (lock) {
                    listeners.add(channel);
                }
                yield this;
            }
            case CONNECTION -> watched(channel);
            case REQUEST_STREAM, PUSH_PROMISE_STREAM -> this;
        };
    }

    private NettyServerCustomizer watched(Channel channel) {
        var connection = new DrainedConnection(channel);
        boolean late;
        synchronized (lock) {
            open.add(connection);
            late = draining;
        }
        channel.closeFuture().addListener(_ -> closed(connection));
        if (late) {
            connection.drain();
        }
        return connection;
    }

    private void closed(DrainedConnection connection) {
        synchronized (lock) {
            open.remove(connection);
            lock.notifyAll();
        }
    }

    /**
     * Takes no new connections; returns when nobody can open one any more.
     *
     * <p>A channel that says it is closed still listens until its selector looks at it the next time. Whoever connected
     * until then, as a client does whose connection has just been ended, would lose a request.
     *
     * @param patience the longest to wait for that
     */
    void refuse(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Set<Channel> closing;
        synchronized (lock) {
            closing = Set.copyOf(listeners);
        }
        for (Channel listener : closing) {
            SocketAddress address = listener.localAddress();
            // The server may be closing it already.
            var _ = listener.close();
            listener.closeFuture().await(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            while (address instanceof InetSocketAddress place && isOpen(place) && System.nanoTime() < deadline) {
                Thread.sleep(Duration.ofMillis(2));
            }
        }
    }

    private static boolean isOpen(InetSocketAddress listener) {
        var own = listener.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getPort())
                : listener;
        try (var socket = new Socket()) {
            socket.connect(own, 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Has every connection end after its last answer, and waits for that.
     *
     * @param patience the longest to wait; what is open then is closed
     * @return how many connections had not ended by then
     */
    int drain(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lock) {
            draining = true;
            open.forEach(DrainedConnection::drain);
            while (!open.isEmpty()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                lock.wait(left);
            }
            open.forEach(DrainedConnection::close);
            return open.size();
        }
    }
}
