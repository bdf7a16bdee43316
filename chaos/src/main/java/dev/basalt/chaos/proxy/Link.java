package dev.basalt.chaos.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** One client's connection, and the one to the server that goes with it. Thread-safe. */
final class Link {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Socket client;
    private final Socket server = new Socket();
    private final Conditions conditions;
    private final CommitWatch watch = new CommitWatch();
    private volatile boolean silent;
    private volatile boolean replyIsLost;
    private long passed;

    Link(Socket client, Conditions conditions) {
        this.client = client;
        this.conditions = conditions;
    }

    /** Carries what the two say to each other, until one of them closes or the connection is cut. */
    void carry(InetSocketAddress to) throws InterruptedException {
        try {
            conditions.awaitPassage();
            server.connect(to, Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            // Who connects to a server that is not there is turned away by the machine that it ran on.
            reset();
            return;
        }
        Thread answers = Thread.ofVirtual().start(() -> {
            try {
                copy(server, client, this::answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        copy(client, server, this::ask);
        answers.join();
    }

    /** From here on, everything that either side sends is lost, and neither is told. */
    void silence() {
        silent = true;
    }

    /** Cuts the connection, so that both sides see a reset. */
    void reset() {
        for (Socket socket : new Socket[] {client, server}) {
            try (socket) {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // It was closed already.
            }
        }
    }

    private void copy(Socket from, Socket to, Passage passage) throws InterruptedException {
        var buffer = new byte[16 * 1024];
        try {
            int read = from.getInputStream().read(buffer);
            while (read >= 0) {
                conditions.travel(read);
                if (!silent) {
                    passage.pass(to, buffer, read);
                }
                read = from.getInputStream().read(buffer);
            }
            conditions.awaitPassage();
            if (!silent) {
                to.close();
                from.close();
            }
        } catch (IOException e) {
            conditions.awaitPassage();
            if (!silent) {
                reset();
            }
        }
    }

    private void ask(Socket to, byte[] bytes, int length) throws IOException {
        if (watch.seesCommit(bytes, length) && conditions.losesThisReply()) {
            replyIsLost = true;
        }
        to.getOutputStream().write(bytes, 0, length);
    }

    private void answer(Socket to, byte[] bytes, int length) throws IOException {
        if (replyIsLost) {
            // The server has answered, so it is done; the client is never told.
            reset();
            return;
        }
        long room = conditions.cutAfter();
        passed = room == Long.MAX_VALUE ? 0 : passed + length;
        if (passed > room) {
            to.getOutputStream().write(bytes, 0, (int) Math.max(0, length - (passed - room)));
            reset();
            return;
        }
        to.getOutputStream().write(bytes, 0, length);
    }

    @FunctionalInterface
    private interface Passage {
        void pass(Socket to, byte[] bytes, int length) throws IOException;
    }
}
