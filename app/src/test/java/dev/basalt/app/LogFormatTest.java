package dev.basalt.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the application's own log makes of exceptions. */
class LogFormatTest {

    private final Exception failure = new SQLException(
            "FATAL: terminating connection\n  Where: somewhere", "57P01", new IllegalStateException("the cause"));

    @Test
    void a_connection_that_breaks_is_one_line_with_all_that_the_exception_says() {
        String logged =
                logged("com.zaxxer.hikari.pool.ProxyConnection", "primary-shared - Connection marked as broken");

        assertThat(logged.lines())
                .singleElement()
                .asString()
                .contains("WARN", "ProxyConnection: primary-shared - Connection marked as broken")
                .contains("java.sql.SQLException: FATAL: terminating connection Where: somewhere"
                        + " Caused by: java.lang.IllegalStateException: the cause");
    }

    @Test
    void any_other_exception_is_shown_with_its_stack() {
        String logged = logged("com.zaxxer.hikari.pool.HikariPool", "unexpected");

        assertThat(logged).contains("HikariPool: unexpected", "the cause", "\tat " + LogFormatTest.class.getName());
    }

    /** All that the console shows of a warning with the failure. */
    private String logged(String name, String message) {
        Logger logger = logger(name);
        var event = new LoggingEvent(LogFormatTest.class.getName(), logger, Level.WARN, message, failure, null);
        var shown = new StringBuilder();
        Logger writing = logger.isAdditive() ? logger(Logger.ROOT_LOGGER_NAME) : logger;
        for (Iterator<Appender<ILoggingEvent>> all = writing.iteratorForAppenders(); all.hasNext(); ) {
            if (all.next() instanceof ConsoleAppender<ILoggingEvent> console) {
                shown.append(new String(console.getEncoder().encode(event), StandardCharsets.UTF_8));
            }
        }
        return shown.toString();
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
