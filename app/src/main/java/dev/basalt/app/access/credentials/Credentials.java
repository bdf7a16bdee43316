package dev.basalt.app.access.credentials;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What an Authorization header carries. Prints without what is secret. */
sealed interface Credentials {

    /** A name and a password, as RFC 7617 has them, in UTF-8. */
    record Basic(String name, String password) implements Credentials {
        @Override
        public String toString() {
            return "Basic ***";
        }
    }

    /** A token, as RFC 6750 has it. */
    record Bearer(String token) implements Credentials {
        @Override
        public String toString() {
            return "Bearer ***";
        }
    }

    /** Reads a header's value; empty if it is neither of them. */
    static Optional<Credentials> parse(String header) {
        int space = header.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String value = header.substring(space).strip();
        return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "basic" -> basic(value);
            case "bearer" -> value.isEmpty() ? Optional.empty() : Optional.of(new Bearer(value));
            default -> Optional.empty();
        };
    }

    /** The name ends at the first colon: passwords may have more of them. */
    private static Optional<Credentials> basic(String value) {
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(value)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
        int colon = decoded.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Basic(decoded.substring(0, colon), decoded.substring(colon + 1)));
    }
}
