package dev.basalt.chaos.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads along what a client of PostgreSQL sends, and sees a COMMIT go by, in either of the protocol's ways of sending
 * one. Knows as much of the protocol (version 3) as that takes, and nothing of encryption. Not thread-safe.
 */
final class CommitWatch {

    /** Requests for encryption, and to cancel, have numbers of this kind; a start-up has the version, 3.x. */
    private static final int FIRST_REQUEST = 80_877_102;

    private byte[] pending = new byte[0];
    private boolean started;
    private final Set<String> prepared = new HashSet<>();
    private boolean bound;

    /** Tells whether these bytes complete the order to run a COMMIT. */
    boolean seesCommit(byte[] bytes, int length) {
        byte[] all = Arrays.copyOf(pending, pending.length + length);
        System.arraycopy(bytes, 0, all, pending.length, length);
        ByteBuffer buffer = ByteBuffer.wrap(all);
        boolean commit = false;
        while (nextIsComplete(buffer)) {
            commit |= started ? readMessage(buffer) : readStartUp(buffer);
        }
        pending = Arrays.copyOfRange(all, buffer.position(), all.length);
        return commit;
    }

    private boolean nextIsComplete(ByteBuffer buffer) {
        int header = started ? 1 : 0;
        return buffer.remaining() >= header + 4
                && buffer.remaining() >= header + buffer.getInt(buffer.position() + header);
    }

    private boolean readStartUp(ByteBuffer buffer) {
        int end = buffer.position() + buffer.getInt(buffer.position());
        started = buffer.getInt(buffer.position() + 4) < FIRST_REQUEST;
        buffer.position(end);
        return false;
    }

    private boolean readMessage(ByteBuffer buffer) {
        char type = (char) buffer.get();
        int end = buffer.position() + buffer.getInt(buffer.position());
        buffer.position(buffer.position() + 4);
        boolean commit = false;
        switch (type) {
            case 'Q' -> commit = isCommit(text(buffer));
            case 'P' -> {
                String name = text(buffer);
                prepared.remove(name);
                if (isCommit(text(buffer))) {
                    prepared.add(name);
                }
            }
            case 'B' -> {
                text(buffer);
                bound = prepared.contains(text(buffer));
            }
            case 'E' -> commit = bound;
            default -> {
                // Of no interest here.
            }
        }
        buffer.position(end);
        return commit;
    }

    private static String text(ByteBuffer buffer) {
        var bytes = new ByteArrayOutputStream();
        for (byte next = buffer.get(); next != 0; next = buffer.get()) {
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isCommit(String statement) {
        return statement.strip().regionMatches(true, 0, "COMMIT", 0, "COMMIT".length());
    }
}
