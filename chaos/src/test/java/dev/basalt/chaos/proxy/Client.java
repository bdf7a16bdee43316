package dev.basalt.chaos.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A plain connection, which waits for an answer no longer than it is told to. */
final class Client implements AutoCloseable {

    /** Far above what an answer takes, for slow machines. */
    static final int LONG_MS = 20_000;

    /** Long enough to see that nothing comes. */
    static final int SHORT_MS = 300;

    private final Socket socket;

    Client(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads so many characters, or fewer if the connection ends before. */
    String read(int length, int timeoutMs) throws IOException {
        socket.setSoTimeout(timeoutMs);
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    String ask(String text) throws IOException {
        send(text);
        return read(text.length(), LONG_MS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
