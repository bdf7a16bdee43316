package dev.basalt.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.basalt.app.lifecycle.Readiness;
import dev.basalt.app.settings.source.ContextSetup;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/** The application on a port of its own, and a client that talks to it. */
public final class RunningApplication implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedServer server;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private RunningApplication(Map<String, Object> properties) {
        // Neither the developer's .env nor their environment may decide what is tested.
        server = ContextSetup.configure(ApplicationContext.builder(), Path.of("target"))
                .environmentPropertySource(false)
                .propertySources(PropertySource.of("test", properties))
                .run(EmbeddedServer.class);
    }

    /** Starts on this database, with further properties given as names and values, and waits until its schema is ready. */
    public static RunningApplication on(DatabaseUrl url, String... namesAndValues) {
        RunningApplication application = starting(url, namesAndValues);
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> application
                            .context()
                            .getBean(Readiness.class)
                            .obstacle()
                            .isEmpty());
        } catch (RuntimeException e) {
            application.close();
            throw e;
        }
        return application;
    }

    /** Starts on this database, ready or not. */
    public static RunningApplication starting(DatabaseUrl url, String... namesAndValues) {
        var properties = new HashMap<String, Object>();
        properties.put("micronaut.server.port", -1);
        properties.put("database.url", url.value());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new RunningApplication(properties);
    }

    public ApplicationContext context() {
        return server.getApplicationContext();
    }

    public int port() {
        return server.getPort();
    }

    /** Asks the primary database for one number. */
    public long number(TestDatabase database, String sql) {
        Backend primary = context().getBean(Backend.class);
        return primary.transactions().inTransaction(TransactionOptions.READ, _ -> (Long)
                Objects.requireNonNull(database.query(primary, sql).getFirst().getFirst()));
    }

    /** Runs statements in one transaction of the primary database. */
    public void write(TestDatabase database, String... statements) {
        Backend primary = context().getBean(Backend.class);
        primary.transactions().inTransaction(TransactionOptions.WRITE, _ -> {
            int changed = 0;
            for (String statement : statements) {
                changed += database.execute(primary, statement);
            }
            return changed;
        });
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer post(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    public Answer post(String path, byte[] body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)));
    }

    public Answer method(String method, String path, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(server.getURI() + path)).timeout(Duration.ofSeconds(60));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        /** The header's value, or an empty text without it. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(response.body(), e);
            }
        }

        public long id() {
            return json().path("id").asLong();
        }

        public String code() {
            return json().path("code").asText();
        }
    }
}
