package dev.basalt.app.http;

import java.util.Locale;

/** The kinds of problems that callers can tell apart: a stable code each, and its status. */
public enum ProblemCode {
    BAD_REQUEST(400, "The request is not valid"),
    INVALID_QUERY(400, "The database refuses the statement"),
    UNAUTHENTICATED(401, "The credentials are missing or not valid"),
    FORBIDDEN(403, "The caller may not do this"),
    PERMISSION_DENIED(403, "The database refuses the role"),
    NOT_FOUND(404, "There is no such thing"),
    OBJECT_NOT_FOUND(404, "There is no such database object"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be given"),
    CONFIRMATION_REQUIRED(409, "The statement needs a confirmation"),
    CONSTRAINT_VIOLATED(409, "A constraint forbids the change"),
    IDEMPOTENCY_KEY_REUSED(409, "The idempotency key stands for another order"),
    INSUFFICIENT_FUNDS(409, "There is not enough on the account"),
    MIGRATION_FAILED(409, "A migration has failed"),
    REVERT_REFUSED(409, "The script is not undone"),
    SERIALIZATION_CONFLICT(409, "Concurrent changes were in the way"),
    PAYLOAD_TOO_LARGE(413, "The request body is too large"),
    URI_TOO_LONG(414, "The path and query are too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    QUERY_FAILED(422, "The statement has failed"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL(500, "A defect of the service"),
    CIRCUIT_OPEN(503, "The database is left alone for a while"),
    OUTCOME_UNKNOWN(503, "It is not known whether the change was made"),
    POOL_EXHAUSTED(503, "All connections are in use"),
    READ_ONLY(503, "The database takes no writes"),
    UNAVAILABLE(503, "The database cannot be used"),
    QUERY_TIMEOUT(504, "The database took too long");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The code as documents have it: lower case, with underscores. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
