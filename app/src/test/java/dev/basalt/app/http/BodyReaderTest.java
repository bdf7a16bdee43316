package dev.basalt.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

    @Test
    void sound_fields_are_read() {
        BodyReader body = body("{\"name\":\"Zoë 🪨\",\"amount\":9223372036854775807,\"code\":\"b\"}");

        assertThat(body.text("name", 20)).isEqualTo("Zoë 🪨");
        assertThat(body.number("amount", 1, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(body.code("code", "a or b", List.of("a", "b")::contains)).isEqualTo("b");
        assertThat(body.text("note", 20, "none")).isEqualTo("none");
        assertThat(body.number("count", 0, 9, 4)).isEqualTo(4);
        body.check();
    }

    @Test
    void all_faults_are_told_at_once_with_the_bad_value_and_what_is_allowed() {
        BodyReader body = body("{\"name\":\"\\u0000\",\"amount\":10,\"note\":\"12345\",\"extra\":1}");
        body.text("name", 20);
        body.number("amount", 1, 9);
        body.number("missing", 1, 9);
        body.text("note", 4, "");

        assertThat(faults(body))
                .containsExactly(
                        new FieldFault(
                                "name",
                                "is '\\u0000': text without control characters and unpaired surrogates is allowed"),
                        new FieldFault("amount", "is 10: a whole number from 1 to 9 is allowed"),
                        new FieldFault("missing", "is missing"),
                        new FieldFault("note", "is '12345': up to 4 characters is allowed"),
                        new FieldFault("extra", "is unknown: amount, missing, name, note are allowed"));
    }

    @Test
    void a_bad_value_is_shown_shortened_and_harmless() {
        BodyReader body = body("{\"name\":\"" + "x".repeat(1000) + "\",\"amount\":" + "9".repeat(500) + "}");
        body.text("name", 20);
        body.number("amount", 1, 9);

        assertThat(faults(body))
                .allSatisfy(fault -> assertThat(fault.message()).contains("…").hasSizeLessThan(150));
    }

    @Test
    void a_key_twice_is_refused() {
        assertThatThrownBy(() -> body("{\"a\":1,\"a\":2}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Duplicate field 'a'");
    }

    @Test
    void a_rule_over_several_fields_is_told_with_the_others() {
        BodyReader body = body("{\"a\":1,\"b\":1,\"c\":\"x\"}");
        assertThat(body.number("a", 1, 9)).isEqualTo(body.number("b", 1, 9));
        body.number("c", 1, 9);
        body.fault("b", "is 1 like a");

        assertThat(body.isSound("a")).isTrue();
        assertThat(body.isSound("c")).isFalse();
        assertThat(faults(body)).extracting(FieldFault::field).containsExactly("c", "b");
    }

    private static List<FieldFault> faults(BodyReader body) {
        Problem problem = catchThrowableOfType(Problem.class, body::check);
        assertThat(problem.code()).isEqualTo(ProblemCode.BAD_REQUEST);
        List<FieldFault> errors = problem.extras().errors();
        assertThat(errors).isNotEmpty();
        return errors == null ? List.of() : errors;
    }

    private static BodyReader body(String json) {
        return new BodyReader(json.getBytes(StandardCharsets.UTF_8));
    }
}
