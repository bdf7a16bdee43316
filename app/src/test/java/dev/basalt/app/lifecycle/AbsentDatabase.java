package dev.basalt.app.lifecycle;

import dev.basalt.domain.settings.DatabaseUrl;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of a database that is not there until it appears: then, what comes is passed on to the real one. */
final class AbsentDatabase implements Closeable {

    private final URI real;
    private final int port;
    private final List<Closeable> open = new CopyOnWriteArrayList<>();

    AbsentDatabase(DatabaseUrl url) throws IOException {
        real = URI.create(url.value());
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    DatabaseUrl url() {
        return new DatabaseUrl("postgresql://%s@127.0.0.1:%d%s".formatted(real.getUserInfo(), port, real.getPath()));
    }

    void appear() throws IOException {
        var listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        open.add(listener);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = listener.accept();
                    var server = new Socket(real.getHost(), real.getPort());
                    open.addAll(List.of(client, server));
                    pass(client.getInputStream(), server.getOutputStream());
                    pass(server.getInputStream(), client.getOutputStream());
                }
            } catch (IOException e) {
                // Closed.
            }
        });
    }

    private static void pass(InputStream from, OutputStream to) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                var _ = from.transferTo(to);
            } catch (IOException e) {
                // The other side has closed.
            }
        });
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : open) {
            each.close();
        }
    }
}
