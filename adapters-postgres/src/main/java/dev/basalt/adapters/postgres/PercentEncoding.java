package dev.basalt.adapters.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Encodes and decodes the parts of a URL as libpq does (RFC 3986): a plus sign is a plus sign. */
final class PercentEncoding {

    private static final String UNRESERVED = "-._~";

    private PercentEncoding() {}

    /** Encodes one part, whatever is in it. */
    static String encode(String part) {
        var encoded = new StringBuilder();
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }

    /**
     * Decodes one part.
     *
     * @param what what the part is, for the message, which never shows the part itself
     * @throws IllegalArgumentException if a % does not begin the code of a byte, or the bytes are not UTF-8 text
     */
    static String decode(String part, String what) {
        byte[] encoded = part.getBytes(StandardCharsets.UTF_8);
        var decoded = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                decoded.write(encoded[i]);
                continue;
            }
            int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
            int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException(
                        what + " has a % that two hexadecimal digits do not follow: % itself is written %25");
            }
            decoded.write(high * 16 + low);
            i += 2;
        }
        return text(decoded.toByteArray(), what);
    }

    private static String text(byte[] bytes, String what) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // Not chained: nobody needs the position, and the part may be a password.
        }
        throw new IllegalArgumentException(what + " is not text in UTF-8 once its % codes are decoded");
    }
}
