package dev.basalt.benchmarks.run;

import dev.basalt.chaos.database.Folders;
import dev.basalt.chaos.database.PostgresDatabase;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database of each installed backend, for measurements inside this process. */
public final class Databases implements AutoCloseable {

    private static final String CAREFULLY = "&readOnly=true&socketTimeout=35"
            + "&options=-c%20statement_timeout=30000%20-c%20idle_in_transaction_session_timeout=60000";

    private final @Nullable PostgresDatabase postgres;
    private final Path folder;
    private final List<Place> places;

    private Databases(@Nullable PostgresDatabase postgres, Path folder, List<Place> places) {
        this.postgres = postgres;
        this.folder = folder;
        this.places = List.copyOf(places);
    }

    /** Makes them below the plan's folder. */
    public static Databases in(Plan plan) {
        Path folder = plan.folder().resolve("inside");
        var places = new ArrayList<Place>();
        PostgresDatabase postgres = null;
        Optional<BackendProvider> onServer = Place.provider("postgresql");
        if (onServer.isPresent()) {
            postgres = PostgresDatabase.create(plan.programs(), folder.resolve("postgres"), false);
            String rest = "127.0.0.1:%d/%s".formatted(postgres.server().port(), PostgresDatabase.NAME);
            String password = postgres.secrets().getLast();
            String jdbcUrl = "jdbc:postgresql://%s?user=%s&password=%s&prepareThreshold=1"
                    .formatted(rest, PostgresDatabase.ROLE, password);
            places.add(new Place(
                    "postgresql",
                    onServer.get(),
                    new DatabaseUrl("postgresql://%s:%s@%s".formatted(PostgresDatabase.ROLE, password, rest)),
                    new DatabaseUrl(jdbcUrl),
                    new DatabaseUrl(jdbcUrl + CAREFULLY),
                    false));
        }
        Place.provider("sqlite").ifPresent(provider -> places.add(inFile(provider, folder.resolve("inside.db"))));
        return new Databases(postgres, folder, places);
    }

    private static Place inFile(BackendProvider provider, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var jdbcUrl = new DatabaseUrl("jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&foreign_keys=on");
        return new Place("sqlite", provider, new DatabaseUrl("sqlite:" + file), jdbcUrl, jdbcUrl, true);
    }

    /** One for each installed backend. */
    public List<Place> places() {
        return places;
    }

    /** Where anything else of them may be kept until {@link #close}. */
    public Path folder() {
        return folder;
    }

    /** Waits until the heartbeat is good. */
    public static void awaitUsable(Backend backend) {
        while (!backend.health().heartbeat().usable()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        if (postgres != null) {
            postgres.close();
        }
        Folders.delete(folder);
    }
}
