package dev.basalt.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.basalt.app.LogLines;
import dev.basalt.domain.failure.DatabaseFailure;
import io.micronaut.http.HttpRequest;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the log has of a request that failed. */
class FailureLogTest {

    @RegisterExtension
    private final LogLines lines = LogLines.atDebug(FailureHandler.class.getName());

    private final FailureHandler handler = new FailureHandler();

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IllegalStateException("a defect"), Level.ERROR),
                Arguments.of(new StackOverflowError(), Level.ERROR),
                Arguments.of(new DatabaseFailure.ConfigurationInvalid("no such setting", null), Level.ERROR),
                Arguments.of(new DatabaseFailure.OutcomeUnknown("lost", null), Level.WARN),
                Arguments.of(new DatabaseFailure.TimedOut("slow", null), Level.WARN),
                Arguments.of(new DatabaseFailure.PoolExhausted("full", Duration.ofSeconds(1)), Level.WARN),
                Arguments.of(new SocketException("reset"), Level.INFO),
                Arguments.of(new EOFException(), Level.INFO),
                Arguments.of(new ClosedChannelException(), Level.INFO),
                Arguments.of(new DatabaseFailure.ConnectionFailed("gone", null), Level.DEBUG),
                Arguments.of(new DatabaseFailure.AuthenticationFailed("refused", null), Level.DEBUG),
                Arguments.of(new DatabaseFailure.CircuitOpen("open", Duration.ofSeconds(1)), Level.DEBUG),
                Arguments.of(new DatabaseFailure.ReadOnly("full", null), Level.DEBUG));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void what_a_caller_cannot_put_right_is_one_line_as_loud_as_it_is_news(Throwable failure, Level level) {
        handler.handle(HttpRequest.GET("/x").header(RequestId.HEADER, "r-1"), failure);

        assertThat(lines.events()).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(level);
            assertThat(line.getFormattedMessage()).startsWith("request r-1: ").contains("GET /x");
            assertThat(line.getThrowableProxy() != null)
                    .as("with a stack trace")
                    .isEqualTo(level == Level.ERROR);
        });
    }

    @Test
    void a_full_pool_is_one_line_however_many_it_turns_away() {
        for (int i = 0; i < 100; i++) {
            handler.handle(HttpRequest.GET("/x"), new DatabaseFailure.PoolExhausted("full", Duration.ofSeconds(1)));
        }

        assertThat(lines.at(Level.WARN)).singleElement().asString().contains("pool_exhausted");
    }

    static Stream<DatabaseFailure> ofTheCaller() {
        return Stream.of(
                new DatabaseFailure.InvalidQuery("syntax", "42601", 8, null),
                new DatabaseFailure.QueryFailed("by zero", "22012", null),
                new DatabaseFailure.PermissionDenied("no", null),
                new DatabaseFailure.ObjectNotFound("no table", null),
                new DatabaseFailure.ConstraintViolated("twice", "pk", null),
                new DatabaseFailure.SerializationConflict("busy", null));
    }

    @ParameterizedTest
    @MethodSource("ofTheCaller")
    void what_a_caller_can_put_right_is_told_to_him_alone(DatabaseFailure failure) {
        handler.handle(HttpRequest.GET("/x"), failure);

        assertThat(lines.events()).isEmpty();
    }
}
