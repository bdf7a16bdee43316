package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.SettingFaults;
import dev.basalt.domain.settings.BackendOption;
import dev.basalt.domain.settings.BackendOption.Kind;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.settings.SettingFault;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What URL and options say about one database, with the defaults where they say nothing.
 *
 * @param location where it is
 * @param journalMode how a file's transactions are kept apart; in memory it is not looked at
 * @param synchronous when a file's writes are flushed; in memory it is not looked at
 * @param busyTimeout how long a statement waits for whoever has the lock, in this process or another one
 * @param createIfMissing whether a file that is not there is made
 */
record SqliteSettings(
        SqliteLocation location,
        JournalMode journalMode,
        Synchronous synchronous,
        Duration busyTimeout,
        boolean createIfMissing) {

    private static final String JOURNAL_MODE = "sqlite-journal-mode";
    private static final String SYNCHRONOUS = "sqlite-synchronous";
    private static final String BUSY_TIMEOUT = "sqlite-busy-timeout";
    private static final String CREATE_IF_MISSING = "sqlite-create-if-missing";

    private static final Duration SHORTEST_BUSY_TIMEOUT = Duration.ofMillis(1);
    private static final Duration DEFAULT_BUSY_TIMEOUT = Duration.ofSeconds(5);

    /** Whether readers go on while a transaction writes: with a write-ahead log they do. */
    enum JournalMode {
        WAL,
        DELETE,
        TRUNCATE
    }

    /** When writes are flushed to the disk, from never to always. */
    enum Synchronous {
        OFF,
        NORMAL,
        FULL,
        EXTRA
    }

    static final List<BackendOption> OPTIONS = List.of(
            new BackendOption(
                    JOURNAL_MODE,
                    Kind.CHOICE,
                    names(JournalMode.values()),
                    name(JournalMode.WAL),
                    "journal of a SQLite file: wal lets readers go on beside the writer, with the others a writer has"
                            + " the database to itself; no effect in memory"),
            new BackendOption(
                    SYNCHRONOUS,
                    Kind.CHOICE,
                    names(Synchronous.values()),
                    name(Synchronous.FULL),
                    "when a SQLite file is flushed: below full, a power cut may take what was acknowledged, and off"
                            + " may damage the file; no effect in memory"),
            new BackendOption(
                    BUSY_TIMEOUT,
                    Kind.DURATION,
                    DEFAULT_BUSY_TIMEOUT.toSeconds() + "s",
                    "how long a SQLite statement waits for another process's lock, from 1 ms to "
                            + PoolSettings.LONGEST.toDays() + " days"),
            new BackendOption(
                    CREATE_IF_MISSING,
                    Kind.FLAG,
                    "true",
                    "whether a SQLite file that is not there is made; no effect in memory"));

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> names(Enum<?>[] values) {
        return List.of(values).stream().map(SqliteSettings::name).toList();
    }

    /**
     * Everything that is wrong with the settings. The file is looked for, but never opened: closing it again would drop the
     * locks of whoever in this process has it open.
     */
    static List<SettingFault> faults(DatabaseSettings settings) {
        var faults = new ArrayList<SettingFault>();
        read(settings, faults);
        return List.copyOf(faults);
    }

    /**
     * Reads the settings.
     *
     * @throws dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid if there is a fault
     */
    static SqliteSettings of(DatabaseSettings settings) {
        var faults = new ArrayList<SettingFault>();
        SqliteSettings read = read(settings, faults);
        SettingFaults.refuse(settings.pool(), faults);
        return Objects.requireNonNull(read);
    }

    private static @Nullable SqliteSettings read(DatabaseSettings settings, List<SettingFault> faults) {
        Map<String, String> options = settings.options();
        SqliteLocation location = null;
        boolean create = Boolean.parseBoolean(options.getOrDefault(CREATE_IF_MISSING, "true"));
        try {
            location = SqliteLocation.of(settings.url());
            if (location.file() != null && !create && !Files.exists(location.file())) {
                faults.add(new SettingFault(
                        List.of(SettingFault.URL, CREATE_IF_MISSING), "database file not found: " + location.file()));
            }
        } catch (IllegalArgumentException e) {
            faults.add(new SettingFault(SettingFault.URL, String.valueOf(e.getMessage())));
        }
        JournalMode journalMode = choice(JOURNAL_MODE, options, JournalMode.WAL, faults);
        Synchronous synchronous = choice(SYNCHRONOUS, options, Synchronous.FULL, faults);
        Duration busyTimeout = Duration.parse(options.getOrDefault(BUSY_TIMEOUT, DEFAULT_BUSY_TIMEOUT.toString()));
        if (busyTimeout.compareTo(SHORTEST_BUSY_TIMEOUT) < 0 || busyTimeout.compareTo(PoolSettings.LONGEST) > 0) {
            faults.add(new SettingFault(
                    BUSY_TIMEOUT,
                    "is %s: from %s to %s is allowed"
                            .formatted(busyTimeout, SHORTEST_BUSY_TIMEOUT, PoolSettings.LONGEST)));
        }
        return location == null ? null : new SqliteSettings(location, journalMode, synchronous, busyTimeout, create);
    }

    private static <E extends Enum<E>> E choice(
            String key, Map<String, String> options, E fallback, List<SettingFault> faults) {
        String given = options.getOrDefault(key, name(fallback));
        E[] choices = fallback.getDeclaringClass().getEnumConstants();
        for (E choice : choices) {
            if (name(choice).equals(given)) {
                return choice;
            }
        }
        faults.add(new SettingFault(
                key, "is '%s': %s are allowed".formatted(given, String.join(", ", names(choices)))));
        return fallback;
    }

    /** Whether a transaction that writes has the database to itself: nobody reads beside it. */
    boolean writerExcludesReaders() {
        return location.isInMemory() || journalMode != JournalMode.WAL;
    }
}
