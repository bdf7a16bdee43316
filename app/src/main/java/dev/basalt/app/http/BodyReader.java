package dev.basalt.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object strictly. The faults of its fields are collected, and a default stands in: nothing that was read
 * may be used before {@link #check()}.
 */
public final class BodyReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode body;
    private final List<FieldFault> faults = new ArrayList<>();
    private final TreeSet<String> fields = new TreeSet<>();

    /**
     * Begins to read.
     *
     * @throws Problem if the body is no JSON object in UTF-8, or has a key twice
     */
    public BodyReader(byte[] bytes) {
        JsonNode node;
        try {
            node = MAPPER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "the body is not encoded in UTF-8");
        } catch (JsonProcessingException e) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "the body is no valid JSON" + reason(e));
        }
        if (!(node instanceof ObjectNode object)) {
            throw Problem.of(
                    ProblemCode.BAD_REQUEST,
                    node.isMissingNode() ? "the body is empty: a JSON object is needed" : "the body is no JSON object");
        }
        body = object;
    }

    private static String reason(JsonProcessingException e) {
        var place = e.getLocation();
        // What stands in back quotes is advice to whoever configures the parser.
        String what = e.getOriginalMessage().replaceAll("[:(][^:(]*`.*", "").strip();
        return (place == null ? "" : " (line %d, column %d)".formatted(place.getLineNr(), place.getColumnNr())) + ": "
                + Quoted.plain(what);
    }

    /** A whole number that has to be there. */
    public long number(String field, long min, long max) {
        return present(field).map(node -> number(field, node, min, max)).orElseGet(() -> {
            missing(field);
            return min;
        });
    }

    /** A whole number that may be left out. */
    public long number(String field, long min, long max, long fallback) {
        return present(field).map(node -> number(field, node, min, max)).orElse(fallback);
    }

    /** Text that has to be there, and not only blanks. */
    public String text(String field, int max) {
        String allowed = "1 to " + max + " characters, not only blanks,";
        return required(field, allowed, value -> !value.isBlank() && value.length() <= max);
    }

    /** Text of certain values that has to be there. */
    public String code(String field, String allowed, Predicate<String> isOne) {
        return required(field, allowed, isOne);
    }

    /** Text that may be left out. */
    public String text(String field, int max, String fallback) {
        String allowed = "up to " + max + " characters";
        return present(field)
                .map(node -> text(field, node, allowed, value -> value.length() <= max))
                .orElse(fallback);
    }

    /** Notes a fault that a rule over several fields has found. */
    public void fault(String field, String message) {
        faults.add(new FieldFault(field, message));
    }

    /** Tells whether a field, already read, has no fault. */
    public boolean isSound(String field) {
        return faults.stream().noneMatch(fault -> fault.field().equals(field));
    }

    /** Ends the request if there was a fault, or a field that was not read. */
    public void check() {
        body.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                fault(Quoted.plain(field), "is unknown: " + String.join(", ", fields) + " are allowed");
            }
        });
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults);
        }
    }

    private Optional<JsonNode> present(String field) {
        fields.add(field);
        return Optional.ofNullable(body.get(field)).filter(node -> !node.isNull());
    }

    private void missing(String field) {
        fault(field, "is missing");
    }

    private long number(String field, JsonNode node, long min, long max) {
        if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= min && node.longValue() <= max) {
            return node.longValue();
        }
        wrong(field, node, "a whole number from " + min + " to " + max);
        return min;
    }

    private String required(String field, String allowed, Predicate<String> isAllowed) {
        return present(field).map(node -> text(field, node, allowed, isAllowed)).orElseGet(() -> {
            missing(field);
            return "";
        });
    }

    private String text(String field, JsonNode node, String allowed, Predicate<String> isAllowed) {
        if (!node.isTextual()) {
            wrong(field, node, "text of " + allowed);
        } else if (!node.textValue().codePoints().allMatch(Quoted::isClean)) {
            wrong(field, node, "text without control characters and unpaired surrogates");
        } else if (!isAllowed.test(node.textValue())) {
            wrong(field, node, allowed);
        }
        return node.asText("");
    }

    private void wrong(String field, JsonNode node, String allowed) {
        fault(field, "is " + shown(node) + ": " + allowed + " is allowed");
    }

    private static String shown(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> Quoted.of(node.textValue());
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            default -> Quoted.plain(shortened(node.asText()));
        };
    }

    /** A number may have a thousand digits. */
    private static String shortened(@Nullable String text) {
        String value = String.valueOf(text);
        return value.length() > 40 ? value.substring(0, 40) + "…" : value;
    }
}
