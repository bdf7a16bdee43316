package dev.basalt.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import dev.basalt.app.RunningApplication;
import dev.basalt.contract.Caller;
import dev.basalt.contract.TestDatabase;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Which lines of the log belong to which request. */
@ParameterizedClass
@MethodSource("dev.basalt.contract.TestDatabase#installed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter before anything else
class DiagnosticContextTest {

    private static final String STATEMENTS = "dev.basalt.statements";

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            // Its context is that of the thread which asks for it first.
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    };

    @Parameter
    private TestDatabase database;

    private RunningApplication application;

    @BeforeParameterizedClassInvocation
    void start() {
        application = RunningApplication.on(database.create(), "database.log-queries", "true");
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @BeforeEach
    void listen() {
        events.clear();
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(appender);
    }

    @Test
    void each_statement_shows_the_request_that_it_runs_for() {
        List<Caller<Integer>> callers = IntStream.range(0, 20)
                .mapToObj(i -> Caller.start(() -> application
                        .get("/api/v1/accounts?page=" + (i + 1), "X-Request-Id", "list-" + i)
                        .status()))
                .toList();
        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isEqualTo(200));
        long outside =
                Caller.start(() -> application.number(database, "SELECT 4711")).answer();

        assertThat(outside).isEqualTo(4711);
        Map<String, Long> statements = events.stream()
                .filter(event -> event.getLoggerName().equals(STATEMENTS) && requestId(event) != null)
                .collect(Collectors.groupingBy(event -> String.valueOf(requestId(event)), Collectors.counting()));
        assertThat(statements)
                .containsOnlyKeys(
                        IntStream.range(0, 20).mapToObj(i -> "list-" + i).toList());
        assertThat(statements.values()).as("all do the same").containsOnly(statements.get("list-0"));
        assertThat(statement("SELECT 4711"))
                .as("works for no request, on a thread that did")
                .isNull();
    }

    @Test
    void what_is_logged_before_a_request_gets_a_thread_shows_it_too_and_the_next_one_does_not() throws Exception {
        application.get("/api/v1/pools", "X-Request-Id", "denied-1", "Origin", "http://elsewhere.example");
        application.get("/api/v1/accounts", "X-Request-Id", "let-in-1");

        assertThat(events)
                .filteredOn(event -> event.getFormattedMessage().contains("denied-1"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(requestId(event)).isEqualTo("denied-1"));
        EventLoopGroup loops = application.context().getBean(EventLoopGroup.class);
        for (EventExecutor loop : loops) {
            // A response may be there before the thread that wrote it has come to the end of its work.
            Awaitility.await()
                    .until(() -> loop.submit(() -> MDC.get(RequestId.DIAGNOSTIC_KEY) == null)
                            .get());
        }
    }

    @Test
    void a_line_shows_the_id_if_there_is_one() {
        Logger logger = (Logger) LoggerFactory.getLogger(DiagnosticContextTest.class);
        logger.info("without");
        try (var _ = MDC.putCloseable(RequestId.DIAGNOSTIC_KEY, "shown-1")) {
            logger.info("with");
        }

        assertThat(line("without")).contains("] DiagnosticContextTest: without").doesNotContain("[]", "shown");
        assertThat(line("with")).contains("] [shown-1] DiagnosticContextTest: with");
    }

    /** As the application's own log has it. */
    private String line(String message) {
        var console = (ConsoleAppender<ILoggingEvent>) root.getAppender("stdout");
        var encoder = (PatternLayoutEncoder) console.getEncoder();
        ILoggingEvent event = events.stream()
                .filter(logged -> logged.getFormattedMessage().equals(message))
                .findFirst()
                .orElseThrow();
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    private @Nullable String statement(String sql) {
        ILoggingEvent event = events.stream()
                .filter(logged -> logged.getLoggerName().equals(STATEMENTS)
                        && logged.getFormattedMessage().contains(sql))
                .findFirst()
                .orElseThrow();
        return requestId(event);
    }

    private static @Nullable String requestId(ILoggingEvent event) {
        return event.getMDCPropertyMap().get(RequestId.DIAGNOSTIC_KEY);
    }
}
