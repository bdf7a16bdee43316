package dev.basalt.chaos.application;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.chaos.database.Database;
import dev.basalt.chaos.database.Ports;
import dev.basalt.chaos.database.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One instance of the application on a database; it keeps its port when it is started again. Not thread-safe. */
public final class Application implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);

    private final Program program;
    private final Database database;
    private final Path log;
    private final int port = Ports.free();
    private final Http http = new Http(port, Duration.ofSeconds(10));
    private @Nullable Process process;

    /** Takes a port for one, and a name, which its log has as well. It runs from {@link #start} on. */
    public Application(Program program, Database database, String name) {
        this.program = program;
        this.database = database;
        this.log = database.folder().resolve(name + ".log");
    }

    public int port() {
        return port;
    }

    /** Its process' number, of the last one that was started. */
    public long pid() {
        return running().pid();
    }

    /** Starts a process; it may take a while until it serves. */
    public void start() {
        var builder = new ProcessBuilder(database.launch(program.command(port)))
                .directory(database.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("DB_")
                        || name.startsWith("DATABASE_")
                        || name.startsWith("MICRONAUT_")
                        || name.startsWith("JAVA_TOOL_")
                        || name.startsWith("JDK_JAVA_"));
        environment.putAll(database.settings());
        environment.put("DB_MAX_CONNECTIONS", "8");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it can be sent work. */
    public void awaitReady() {
        boolean over = Waiting.until(START, () -> isReady() || !running().isAlive());
        if (!over || !running().isAlive()) {
            throw new IllegalStateException("the application does not start, see " + log);
        }
    }

    /** Kills it, in the middle of whatever it does. */
    public void kill() {
        running().destroyForcibly().onExit().join();
    }

    /** The figures of its primary pool. */
    public JsonNode pool() throws IOException {
        return http.get("/api/v1/pools/primary").json();
    }

    /** All of its metrics, in Prometheus' format. */
    public String metrics() throws IOException {
        return http.get("/prometheus").body();
    }

    /** How many threads its process has, where the system tells. */
    public OptionalInt threads() {
        Path status = Path.of("/proc/" + pid() + "/status");
        try {
            return Files.exists(status)
                    ? Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("Threads:"))
                            .mapToInt(line -> Integer.parseInt(
                                    line.substring("Threads:".length()).strip()))
                            .findFirst()
                    : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /** All that it has written to its log. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens an account, and returns its number. */
    public long open(String key, long openingBalance) {
        try {
            Http.Answer answer = http.post(
                    "/api/v1/accounts",
                    key,
                    "{\"owner\":\"%s\",\"currency\":\"EUR\",\"opening_balance\":%d}".formatted(key, openingBalance));
            if (answer.status() != 201) {
                throw new IllegalStateException("opening an account was answered " + answer);
            }
            return answer.json().path("id").asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        if (process != null) {
            kill();
        }
    }

    private boolean isReady() {
        try {
            return http.get("/health/readiness").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("the application was not started");
        }
        return process;
    }
}
