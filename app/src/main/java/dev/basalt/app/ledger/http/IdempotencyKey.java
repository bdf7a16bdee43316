package dev.basalt.app.ledger.http;

import dev.basalt.app.http.BodyReader;
import dev.basalt.app.http.Quoted;
import dev.basalt.domain.ledger.TransferOrder;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The key under which an order is carried out once: the caller's, or one of our own if there is none. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final String ATTRIBUTE = "basalt.idempotency-key";
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1," + TransferOrder.MAX_KEY + "}");

    private final String value;
    private final boolean valid;

    private IdempotencyKey(String value, boolean valid) {
        this.value = value;
        this.valid = valid;
    }

    /** The key of a request, which its response will carry, whatever becomes of it. */
    static IdempotencyKey of(HttpRequest<?> request) {
        List<String> given = request.getHeaders().getAll(HEADER);
        String value = given.isEmpty() ? UUID.randomUUID().toString() : String.join(", ", given);
        boolean valid = given.size() <= 1 && PRINTABLE.matcher(value).matches();
        if (valid) {
            request.setAttribute(ATTRIBUTE, value);
        }
        return new IdempotencyKey(value, valid);
    }

    /** The key that the order of this request has or would have had, if it is one that takes orders. */
    static Optional<String> known(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class);
    }

    String value() {
        return value;
    }

    void reportTo(BodyReader body) {
        if (!valid) {
            body.fault(
                    HEADER,
                    "is " + Quoted.of(value) + ": one key of 1 to " + TransferOrder.MAX_KEY
                            + " printable ASCII characters is allowed");
        }
    }
}
