package dev.basalt.chaos.judge;

import dev.basalt.chaos.application.Http;
import java.io.IOException;

/**
 * What the application said about itself.
 *
 * @param status the HTTP status, 0 if there was no answer
 * @param verdict {@code HEALTHY} and so on, empty if there was none
 */
public record Health(int status, String verdict) {

    /** Asks for the health document. */
    public static Health ask(Http http) {
        return ask(http, "/api/v1/health");
    }

    /** Asks whether the process lives. */
    public static Health askLiveness(Http http) {
        return ask(http, "/health/liveness");
    }

    /** Asks for an account. */
    public static Health askAccount(Http http, long account) {
        return ask(http, "/api/v1/accounts/" + account);
    }

    /** Whether this is a document that was found. */
    boolean isFound() {
        return status == 200;
    }

    /** Whether this is the health document, which 503 has as well. */
    boolean isHealthDocument() {
        return (status == 200 || status == 503) && (verdict.equals("HEALTHY") || tellsOfTrouble());
    }

    /** Whether the health document says that something is wrong. */
    boolean tellsOfTrouble() {
        return (status == 200 && verdict.equals("DEGRADED")) || (status == 503 && verdict.equals("UNHEALTHY"));
    }

    private static Health ask(Http http, String path) {
        try {
            Http.Answer answer = http.get(path);
            return new Health(answer.status(), answer.json().path("status").asText(""));
        } catch (IOException e) {
            return new Health(0, "");
        }
    }
}
