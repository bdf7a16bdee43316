package dev.basalt.app.backends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.LogLines;
import dev.basalt.app.settings.StatementLogging;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackendLogTest {

    @RegisterExtension
    private final LogLines lines = LogLines.atDebug(BackendLog.class.getName(), "dev.basalt.statements");

    @Test
    void a_slow_statement_is_a_warning_in_one_line() {
        var log = new BackendLog(new StatementLogging(false, Duration.ofMillis(200)));

        log.statementExecuted("primary", "SELECT *\n  FROM t", Duration.ofMillis(200), true);
        log.statementExecuted("primary", "SELECT 1", Duration.ofMillis(199), true);

        assertThat(lines.all()).containsExactly("WARN pool 'primary': slow statement, 200 ms: SELECT * FROM t");
    }

    @Test
    void every_statement_is_logged_where_that_is_set() {
        var log = new BackendLog(new StatementLogging(true, Duration.ofMillis(200)));

        log.statementExecuted("primary", "SELECT 1", Duration.ofMillis(3), false);

        assertThat(lines.all()).containsExactly("DEBUG pool 'primary': statement failed, 3 ms: SELECT 1");
    }

    @Test
    void a_database_that_cannot_be_reached_is_warned_of_once_until_it_can_again() {
        var log = new BackendLog(StatementLogging.DEFAULTS);

        log.connectionFailed("primary", new ConnectionFailed("pool 'primary': refused", null));
        log.connectionFailed("primary", new ConnectionFailed("pool 'primary': refused", null));
        log.connectionCreated("primary", Duration.ofMillis(4));

        assertThat(lines.all())
                .containsExactly(
                        "WARN a connection could not be opened: pool 'primary': refused",
                        "DEBUG a connection could still not be opened: pool 'primary': refused",
                        "INFO pool 'primary': connections can be opened again",
                        "DEBUG pool 'primary': connection opened in 4 ms");
    }
}
