package dev.basalt.app.settings.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret that stands in a file, without one newline at its end. Read anew each time, so that a rotated secret is taken
 * up; while the file cannot be read, the last good content holds. Thread-safe.
 */
public final class SecretFile implements Supplier<String> {

    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final int LONGEST = 64 * 1024;

    private final Path file;
    private final String setting;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile String lastGood;

    /**
     * Reads the file for the first time.
     *
     * @param setting what names the file, for the log
     * @throws IllegalArgumentException if there is no secret in it; the message reads on from the setting's name
     */
    public SecretFile(String setting, String path) {
        this.setting = setting;
        try {
            this.file = Path.of(path);
            this.lastGood = read();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is '" + path + "': that is no path", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("is '" + path + "': " + e.getMessage(), e);
        }
    }

    @Override
    public String get() {
        try {
            lastGood = read();
            if (failing.compareAndSet(true, false)) {
                LOG.info("{}: '{}' can be read again", setting, file);
            }
        } catch (IOException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.warn("{} is '{}': {}; what it held before is used", setting, file, e.getMessage());
            }
        }
        return lastGood;
    }

    private String read() throws IOException {
        // Reading a pipe would wait for whoever writes into it, and give the secret once only.
        if (!Files.isRegularFile(file)) {
            throw new IOException(Files.exists(file) ? "that is no regular file" : "there is no such file");
        }
        String content = content().replaceFirst("\\r?\\n\\z", "");
        if (content.isEmpty()) {
            throw new IOException("the file is empty");
        }
        return content;
    }

    private String content() throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IOException("the file is larger than 64 KiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new IOException("the file is not text in UTF-8", e);
        } catch (AccessDeniedException e) {
            throw new IOException("the file may not be read", e);
        }
    }
}
