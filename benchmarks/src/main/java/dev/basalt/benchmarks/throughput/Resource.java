package dev.basalt.benchmarks.throughput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** A file of this package. */
final class Resource {

    private Resource() {}

    /** Copies it to where programs can read it. */
    static Path copy(String name, Path folder) {
        try (var from = Objects.requireNonNull(Resource.class.getResourceAsStream(name), name)) {
            Path to = Files.createDirectories(folder).resolve(name);
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
