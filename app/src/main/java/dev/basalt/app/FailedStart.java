package dev.basalt.app;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.migration.MigrationFailed;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.server.exceptions.ServerStartupException;
import java.net.BindException;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells why a start has failed: in one line where the user can do something about it, with the stack otherwise. */
final class FailedStart {

    private static final Logger LOG = LoggerFactory.getLogger(FailedStart.class);

    private FailedStart() {}

    static void report(Throwable failure) {
        explanation(failure)
                .ifPresentOrElse(
                        reason -> LOG.error("Basalt cannot start: {}", reason),
                        () -> LOG.error("Basalt cannot start", failure));
    }

    /** The reason in one line; empty if it is not one for the user. */
    static Optional<String> explanation(Throwable failure) {
        // The framework wraps what a bean threw, with the path to the bean in the message.
        return Stream.iterate(failure, thrown -> thrown != null, Throwable::getCause)
                .filter(FailedStart::explainsItself)
                .findFirst()
                .map(FailedStart::oneLine);
    }

    private static boolean explainsItself(Throwable thrown) {
        return thrown instanceof DatabaseFailure
                || thrown instanceof MigrationFailed
                || thrown instanceof ConfigurationException
                || thrown instanceof ConversionErrorException
                || (thrown instanceof ServerStartupException && thrown.getCause() instanceof BindException);
    }

    private static String oneLine(Throwable reason) {
        String message = reason instanceof ServerStartupException && reason.getCause() != null
                ? reason.getMessage() + ": " + reason.getCause().getMessage()
                : String.valueOf(reason.getMessage());
        return message.strip().replaceAll("\\s*\\R\\s*", " | ");
    }
}
