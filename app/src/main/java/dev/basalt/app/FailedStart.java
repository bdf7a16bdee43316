package dev.basalt.app;

import dev.basalt.app.backends.UnknownPool;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.migration.RevertRefused;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.server.exceptions.ServerStartupException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Tells why a start or a command has failed: in plain lines where the user can do something about it, with the stack otherwise. */
final class FailedStart {

    private static final Logger LOG = LoggerFactory.getLogger(FailedStart.class);

    private FailedStart() {}

    /** Logs why; {@code what} is what could not be done. */
    static void report(String what, Throwable failure) {
        explanation(failure)
                .ifPresentOrElse(
                        lines -> {
                            LOG.error("{}: {}", what, lines.getFirst());
                            lines.stream().skip(1).forEach(LOG::error);
                        },
                        () -> LOG.error("{}", what, failure));
    }

    /** The reason: one line, or a line for each fault of the configuration; empty if it is not one for the user. */
    static Optional<List<String>> explanation(Throwable failure) {
        Optional<MarkedYAMLException> malformed = causes(failure)
                .filter(MarkedYAMLException.class::isInstance)
                .map(MarkedYAMLException.class::cast)
                .findFirst();
        if (malformed.isPresent()) {
            return Optional.of(List.of(place(malformed.get())));
        }
        // The framework wraps what a bean threw, with the path to the bean in the message.
        return causes(failure)
                .filter(FailedStart::explainsItself)
                .findFirst()
                .map(reason -> reason instanceof ConfigurationInvalid
                        ? String.valueOf(reason.getMessage()).lines().toList()
                        : List.of(oneLine(reason)));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, thrown -> thrown != null, Throwable::getCause);
    }

    /** The parser's own message quotes the file, where a password may stand. */
    private static String place(MarkedYAMLException malformed) {
        Mark mark = malformed.getProblemMark();
        return "a configuration file is malformed YAML"
                + (mark == null ? "" : ", in line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1));
    }

    private static boolean explainsItself(Throwable thrown) {
        return thrown instanceof DatabaseFailure
                || thrown instanceof MigrationFailed
                || thrown instanceof RevertRefused
                || thrown instanceof UnknownPool
                || thrown instanceof ConfigurationException
                || thrown instanceof ConversionErrorException
                || (thrown instanceof ServerStartupException && thrown.getCause() instanceof BindException);
    }

    private static String oneLine(Throwable reason) {
        String message = reason instanceof ServerStartupException && reason.getCause() != null
                ? reason.getMessage() + ": " + reason.getCause().getMessage()
                : String.valueOf(reason.getMessage());
        if (reason instanceof UnknownPool unknown) {
            message += ": '" + unknown.pool() + "'";
        }
        return message.strip().replaceAll("\\s*\\R\\s*", " | ");
    }
}
