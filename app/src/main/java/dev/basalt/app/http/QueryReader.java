package dev.basalt.app.http;

import dev.basalt.domain.page.PageRequest;
import io.micronaut.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a request's query parameters. Faults are collected, and a default stands in: nothing that was read may be used
 * before {@link #check()}. Parameters that nobody asks for are ignored.
 */
public final class QueryReader {

    private final HttpRequest<?> request;
    private final List<FieldFault> faults = new ArrayList<>();

    public QueryReader(HttpRequest<?> request) {
        this.request = request;
    }

    /**
     * {@code page}, {@code page_size} and {@code total}, checked with everything else.
     *
     * @param defaultSize the size of a page where the caller does not say
     */
    public static PageRequest page(HttpRequest<?> request, int defaultSize) {
        var query = new QueryReader(request);
        int page = query.number("page", 1, Integer.MAX_VALUE, 1);
        int pageSize = query.pageSize(defaultSize);
        boolean total = query.flag("total");
        query.check();
        return new PageRequest(page, pageSize, total);
    }

    public int pageSize(int defaultSize) {
        return number("page_size", 1, PageRequest.MAX_PAGE_SIZE, defaultSize);
    }

    public int number(String name, int min, int max, int fallback) {
        return read(
                        name,
                        "a whole number from " + min + " to " + max,
                        value -> value.matches("-?[0-9]{1,18}") ? Optional.of(Long.parseLong(value)) : Optional.empty())
                .filter(number -> {
                    boolean inRange = min <= number && number <= max;
                    if (!inRange) {
                        fault(name, Long.toString(number), "a whole number from " + min + " to " + max);
                    }
                    return inRange;
                })
                .map(Long::intValue)
                .orElse(fallback);
    }

    /** One of an enumeration's constants, in lower case. */
    public <E extends Enum<E>> E oneOf(String name, Class<E> type, E fallback) {
        List<E> constants = List.of(type.getEnumConstants());
        String allowed =
                String.join(", ", constants.stream().map(QueryReader::word).toList());
        return read(
                        name,
                        "one of " + allowed,
                        value -> constants.stream()
                                .filter(constant -> word(constant).equals(value))
                                .findFirst())
                .orElse(fallback);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A switch, off unless it is {@code true}. */
    public boolean flag(String name) {
        return read(name, "true or false", value -> switch (value) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                })
                .orElse(false);
    }

    /** Any text but NUL, which no database takes. */
    public Optional<String> text(String name) {
        return read(name, "text without NUL", value -> value.indexOf('\0') < 0 ? Optional.of(value) : Optional.empty());
    }

    /** Ends the request if there was a fault. */
    public void check() {
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults);
        }
    }

    private <T> Optional<T> read(String name, String allowed, Function<String, Optional<T>> parse) {
        List<String> values = request.getParameters().getAll(name);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            faults.add(new FieldFault(name, "is given " + values.size() + " times: once is allowed"));
            return Optional.empty();
        }
        Optional<T> value = parse.apply(values.getFirst());
        if (value.isEmpty()) {
            fault(name, values.getFirst(), allowed);
        }
        return value;
    }

    private void fault(String name, String value, String allowed) {
        faults.add(new FieldFault(name, "is " + Quoted.of(value) + ": " + allowed + " is allowed"));
    }
}
