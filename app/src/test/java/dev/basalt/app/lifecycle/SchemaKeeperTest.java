package dev.basalt.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.basalt.app.LogLines;
import dev.basalt.app.backends.FakeBackend;
import dev.basalt.app.backends.FakeMigrator;
import dev.basalt.app.lifecycle.SchemaState.Phase;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaKeeperTest {

    private static final Duration INTERVAL = Duration.ofMillis(10);

    @RegisterExtension
    private final LogLines lines = LogLines.of(SchemaKeeper.class);

    private final FakeBackend backend =
            FakeBackend.of(new DatabaseSettings("primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS));
    private SchemaKeeper keeper = new SchemaKeeper(backend, true, INTERVAL);

    @AfterEach
    void stop() throws InterruptedException {
        keeper.stop(Duration.ofSeconds(10));
    }

    @Test
    void the_schema_is_migrated_once_the_database_has_come() {
        keeper.start();
        assertThat(keeper.state().phase()).isEqualTo(Phase.WAITING);

        backend.comes();

        await(Phase.READY);
        assertThat(backend.scripts().attempts()).isEqualTo(1);
        assertThat(lines.at(Level.INFO))
                .containsExactly("pool 'primary' (fake): migrated by V1__step.sql, V2__step.sql");
    }

    @Test
    void a_database_that_goes_while_migrating_is_waited_for_again_and_told_once() {
        backend.scripts().fails(new ConnectionFailed("pool 'primary': gone", null));
        backend.comes();
        keeper.start();
        Awaitility.await().until(() -> backend.scripts().attempts() > 2);

        assertThat(keeper.state().phase()).isIn(Phase.WAITING, Phase.MIGRATING);
        assertThat(lines.at(Level.WARN)).containsExactly("the schema cannot be migrated yet: pool 'primary': gone");

        backend.scripts().fails(null);
        await(Phase.READY);
    }

    @Test
    void a_script_that_fails_is_told_once_as_a_whole_and_tried_again_when_the_database_comes_back() {
        backend.scripts().fails(FakeMigrator.broken());
        backend.comes();
        keeper.start();
        await(Phase.FAILED);

        assertThat(keeper.state().failure()).contains("V1__broken.sql:\nsyntax error");
        assertThat(lines.at(Level.ERROR))
                .containsExactly("the schema cannot be migrated: pool 'primary': V1__broken.sql:\nsyntax error");
        assertThat(backend.scripts().attempts()).isEqualTo(1);

        backend.scripts().fails(null);
        backend.goes();
        // It is down for as long as it takes to be noticed: then the keeper asks for nothing but the verdict.
        backend.awaitLooks(3);
        backend.comes();
        await(Phase.READY);
        assertThat(lines.at(Level.ERROR)).hasSize(1);
    }

    @Test
    void by_hand_it_is_tried_again_at_once() {
        backend.scripts().fails(FakeMigrator.broken());
        backend.comes();
        keeper.start();
        await(Phase.FAILED);

        assertThatThrownBy(keeper::migrate).isInstanceOf(MigrationFailed.class);
        assertThat(keeper.state().phase()).isEqualTo(Phase.FAILED);

        backend.scripts().fails(null);
        assertThat(keeper.migrate()).hasSize(2);
        assertThat(keeper.state().ready()).isTrue();
    }

    @Test
    void what_is_ready_stays_so_when_it_cannot_be_migrated_again() {
        backend.comes();
        keeper.start();
        await(Phase.READY);
        backend.scripts().fails(FakeMigrator.broken());

        assertThatThrownBy(keeper::migrate).isInstanceOf(MigrationFailed.class);

        assertThat(keeper.state().ready()).isTrue();
    }

    @Test
    void a_reverted_schema_is_ready_again_when_it_is_migrated_by_hand() {
        backend.comes();
        keeper.start();
        await(Phase.READY);

        assertThat(keeper.revert().script()).isEqualTo("V2__step.sql");
        assertThat(keeper.state().phase()).isEqualTo(Phase.REVERTED);

        assertThat(keeper.migrate()).hasSize(1);
        assertThat(keeper.state().ready()).isTrue();
    }

    @Test
    void where_scripts_are_not_to_run_the_schema_is_taken_as_it_is() {
        keeper = new SchemaKeeper(backend, false, INTERVAL);
        keeper.start();
        backend.comes();

        await(Phase.READY);
        assertThat(backend.scripts().attempts()).isZero();
        assertThat(lines.at(Level.WARN))
                .containsExactly("pool 'primary': migrations are pending: V1__step.sql, V2__step.sql");
    }

    @Test
    void work_is_let_through_once_the_schema_is_ready() {
        var transactions = new ReadyTransactions(backend, keeper::state);
        backend.comes();
        assertThatThrownBy(() -> transactions.inTransaction(TransactionOptions.READ, _ -> 1))
                .isInstanceOfSatisfying(
                        NotReady.class, obstacle -> assertThat(obstacle.code()).isEqualTo("waiting"));

        keeper.start();
        await(Phase.READY);
        int answer = transactions.inTransaction(TransactionOptions.READ, _ -> 1);
        assertThat(answer).isEqualTo(1);
    }

    private void await(Phase phase) {
        Awaitility.await().until(() -> keeper.state().phase() == phase);
    }
}
