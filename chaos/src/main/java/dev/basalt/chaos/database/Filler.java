package dev.basalt.chaos.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that takes up what is left of a disk. */
final class Filler {

    private static final String NAME = "filler";

    private Filler() {}

    static void fill(Path disk) {
        var page = new byte[4096];
        try (var file = Files.newOutputStream(disk.resolve(NAME))) {
            while (true) {
                file.write(page);
            }
        } catch (IOException e) {
            if (!Files.exists(disk.resolve(NAME))) {
                throw new UncheckedIOException(e);
            }
            // The disk is full, as it should be.
        }
    }

    static void remove(Path disk) {
        try {
            Files.delete(disk.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
