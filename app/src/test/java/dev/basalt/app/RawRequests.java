package dev.basalt.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends requests as they are written, which no client library would. */
public final class RawRequests {

    private final int port;

    public RawRequests(int port) {
        this.port = port;
    }

    /** The status of the answer to a request without a body. */
    public int status(String line, String... headers) {
        return Integer.parseInt(send(line, headers).split(" ", 3)[1]);
    }

    /** The whole answer to a request without a body. */
    public String send(String line, String... headers) {
        String all = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return sendText(line + "\r\n" + all + "Connection: close\r\n\r\n");
    }

    /** The whole answer to what is sent, as far as it came. */
    public String sendText(String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
