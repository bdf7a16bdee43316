package dev.basalt.chaos.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked from a library.
 *
 * @param folder where {@code bin}, {@code lib} and {@code share} are
 */
record Binaries(Path folder) {

    private static final int ANY_EXECUTES = 0111;

    /** Unpacks them into a folder, unless it has them. */
    static Binaries in(Path folder) {
        var binaries = new Binaries(folder);
        Path done = folder.resolve("unpacked");
        if (!Files.exists(done)) {
            try (InputStream archive = archive()) {
                binaries.unpack(archive);
                Files.createFile(done);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return binaries;
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static InputStream archive() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String family = system.startsWith("mac") ? "Darwin" : system.startsWith("win") ? "Windows" : "Linux";
        return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(family, System.getProperty("os.arch"));
    }

    private void unpack(InputStream archive) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                Path place = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(place);
                } else {
                    Files.createDirectories(place.resolveSibling(""));
                    if (entry.isSymbolicLink()) {
                        Files.deleteIfExists(place);
                        Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
                    } else {
                        Files.copy(tar, place, StandardCopyOption.REPLACE_EXISTING);
                        if ((entry.getMode() & ANY_EXECUTES) != 0
                                && !place.toFile().setExecutable(true, false)) {
                            throw new IOException(place + " cannot be made executable");
                        }
                    }
                }
                entry = tar.getNextEntry();
            }
        }
    }
}
