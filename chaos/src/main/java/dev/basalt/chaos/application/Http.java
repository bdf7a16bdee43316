package dev.basalt.chaos.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;

/** A client of one application, which keeps its connections. Thread-safe. */
public final class Http implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final URI base;
    private final Duration timeout;

    /** A client of what listens on this port of the loopback interface, which waits so long for an answer. */
    public Http(int port, Duration timeout) {
        this.base = URI.create("http://127.0.0.1:" + port);
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /**
     * Asks for a resource.
     *
     * @throws IOException if there is no answer in time
     */
    public Answer get(String path) throws IOException {
        return send(request(path).GET());
    }

    /**
     * Sends a document under an idempotency key.
     *
     * @throws IOException if there is no answer in time: then nobody knows what became of it
     */
    public Answer post(String path, String key, String json) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(json)));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(timeout);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param body what it consists of
     */
    public record Answer(int status, String body) {

        /** The document, missing if it is none. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                return JSON.missingNode();
            }
        }

        /** The code of a problem, or an empty text. */
        public String code() {
            return json().path("code").asText("");
        }
    }
}
