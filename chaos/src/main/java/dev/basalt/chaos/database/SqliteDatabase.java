package dev.basalt.chaos.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A SQLite file, in the folder of a trial or on a small disk that only the application has. The judge is another
 * process than the application, so that opening the file drops none of the application's locks.
 */
public final class SqliteDatabase implements Database {

    private static final String NAME = "ledger.db";
    private static final int SMALL_DISK_MIB = 8;
    private static final String BUSY_TIMEOUT = "?busy_timeout=15000";

    private final Path folder;
    private final boolean onSmallDisk;

    private SqliteDatabase(Path folder, boolean onSmallDisk) {
        this.folder = folder;
        this.onSmallDisk = onSmallDisk;
    }

    /** Takes a place for one; the application makes it. On a small disk it is lost with the application's process. */
    public static SqliteDatabase create(Path folder, boolean onSmallDisk) {
        try {
            Files.createDirectories(folder.resolve("disk"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SqliteDatabase(folder, onSmallDisk);
    }

    /** Connects for writing, as another program would that uses the same file. */
    public Connection connectForWriting() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file() + BUSY_TIMEOUT);
    }

    /** Fills the small disk of an application's process to the last byte. */
    public void fillDisk(long process) {
        Filler.fill(outside(process));
    }

    /** Makes room on it again. */
    public void freeDisk(long process) {
        Filler.remove(outside(process));
    }

    /** Copies the file out of a small disk, to be judged; nobody may be writing meanwhile. */
    public void copyOut(long process) {
        for (String name : List.of(NAME, NAME + "-wal")) {
            Path from = outside(process).resolve(name);
            try {
                if (Files.exists(from)) {
                    Files.copy(from, folder.resolve("disk").resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("DATABASE_URL", "sqlite:" + file());
    }

    @Override
    public List<String> launch(List<String> program) {
        return onSmallDisk ? Commands.onSmallDisk(folder.resolve("disk"), SMALL_DISK_MIB, program) : program;
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlite:" + file() + BUSY_TIMEOUT + (onSmallDisk ? "" : "&open_mode=1"));
    }

    @Override
    public boolean isVisible() {
        return !onSmallDisk;
    }

    @Override
    public void awaitUsable() {
        // A file needs no time.
    }

    @Override
    public Optional<List<Long>> connects() {
        return Optional.empty();
    }

    @Override
    public List<String> leftovers() {
        return List.of();
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        Folders.delete(folder.resolve("disk"));
    }

    /** The file itself; the application and this process see it at the same place unless it is on a small disk. */
    public Path file() {
        return folder.resolve("disk").resolve(NAME);
    }

    private Path outside(long process) {
        return Path.of("/proc/" + process + "/root" + folder.resolve("disk"));
    }
}
