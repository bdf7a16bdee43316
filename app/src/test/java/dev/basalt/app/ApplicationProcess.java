package dev.basalt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.basalt.domain.settings.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The application as a process of its own, as it runs in production, on a free port of the loopback interface. */
public final class ApplicationProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Server Running: http://[^:]+:(\\d+)");

    private final Process process;
    private final Path log;

    private ApplicationProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it on this database; its output goes into the folder. */
    public static ApplicationProcess start(DatabaseUrl url, Path folder, String... arguments) throws IOException {
        Path log = folder.resolve("application.log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.basalt.app.Application",
                "-micronaut.server.port=-1",
                "-database.url=" + url.value()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // With either of them, Java starts with a line of its own.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return new ApplicationProcess(builder.start(), log);
    }

    /** Waits until it listens, and returns its port. */
    public int port() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> LISTENING.matcher(output()).find());
        return LISTENING
                .matcher(output())
                .results()
                .map((MatchResult match) -> Integer.parseInt(match.group(1)))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until it can be sent work. */
    public void awaitReady() {
        int port = port();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(status(port, "/health/readiness")).isEqualTo(200));
    }

    /** The status of an answer, on a connection of its own. */
    public static int status(int port, String path) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request(port, path).GET().build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens an account, and returns its id. */
    public long open(long openingBalance) {
        String order = "{\"owner\":\"somebody\",\"currency\":\"EUR\",\"opening_balance\":%d}".formatted(openingBalance);
        try (var client = HttpClient.newHttpClient()) {
            String account = client.send(
                            request(port(), "/api/v1/accounts")
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(order))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return new ObjectMapper().readTree(account).required("id").asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    /** Asks it to stop (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Waits so long for its end, and tells whether that has come. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All that it has written. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
