package dev.basalt.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What loggers write during a test. Thread-safe. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements BeforeEachCallback, AfterEachCallback {

    private final List<Logger> loggers;
    private final @Nullable Level level;
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    private LogLines(@Nullable Level level, String... names) {
        this.level = level;
        this.loggers = Arrays.stream(names)
                .map(LoggerFactory::getLogger)
                .map(Logger.class::cast)
                .toList();
    }

    /** What is written by the types, at the levels that are on. */
    public static LogLines of(Class<?>... types) {
        return new LogLines(null, Arrays.stream(types).map(Class::getName).toArray(String[]::new));
    }

    /** What is written by the loggers, from DEBUG on. */
    public static LogLines atDebug(String... loggers) {
        return new LogLines(Level.DEBUG, loggers);
    }

    /** What is written by all loggers, at the levels that are on. */
    public static LogLines ofAll() {
        return new LogLines(null, Logger.ROOT_LOGGER_NAME);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        start();
        loggers.forEach(logger -> {
            if (level != null) {
                logger.setLevel(level);
            }
            logger.addAppender(this);
        });
    }

    @Override
    public void afterEach(ExtensionContext test) {
        loggers.forEach(logger -> {
            logger.detachAppender(this);
            if (level != null) {
                logger.setLevel(null);
            }
        });
        stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    /** As they were written. */
    public List<ILoggingEvent> events() {
        return List.copyOf(events);
    }

    /** The messages of one level. */
    public List<String> at(Level wanted) {
        return events.stream()
                .filter(event -> event.getLevel() == wanted)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** All messages, each behind its level. */
    public List<String> all() {
        return events.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
