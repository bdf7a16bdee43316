package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.domain.transaction.Nesting;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What work can learn of the transaction that it runs in, or that it would run in. */
@Timeout(120)
public abstract class RunningTransactionContract {

    private final BackendFixture fixture;

    protected RunningTransactionContract(TestDatabase database) {
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void a_transaction_runs_exactly_from_its_begin_to_its_end() {
        TransactionRunner transactions = fixture.open(Limits.connections(1)).transactions();
        assertThat(transactions.isRunning()).isFalse();

        boolean inside = transactions.inTransaction(READ, transaction -> transactions.isRunning());

        assertThat(inside).isTrue();
        assertThat(transactions.isRunning()).isFalse();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transactions.inTransaction(READ, transaction -> {
                    throw new IOException("work that fails");
                }));
        assertThat(transactions.isRunning()).isFalse();
    }

    @Test
    void work_of_a_virtual_thread_knows_on_its_own_thread_that_its_transaction_runs() {
        TransactionRunner transactions = fixture.open(Limits.connections(1)).transactions();

        List<Boolean> running = Caller.start(() -> List.of(
                        transactions.isRunning(),
                        transactions.inTransaction(READ, transaction -> transactions.isRunning()),
                        transactions.isRunning()))
                .answer();

        assertThat(running).containsExactly(false, true, false);
    }

    @ParameterizedTest
    @EnumSource
    void a_transaction_runs_inside_a_nested_one_and_after_it(Nesting nesting) {
        TransactionRunner transactions = fixture.open(Limits.connections(1)).transactions();

        List<Boolean> running = transactions.inTransaction(
                WRITE,
                outer -> List.of(
                        transactions.inTransaction(WRITE.withNesting(nesting), inner -> transactions.isRunning()),
                        transactions.isRunning()));

        assertThat(running).containsExactly(true, true);
    }

    @Test
    void a_transaction_does_not_run_on_a_thread_that_its_work_starts_nor_in_another_database() {
        Backend one = fixture.open(Limits.connections(1));
        Backend other = fixture.open(Limits.connections(1));

        List<Boolean> running = one.transactions()
                .inTransaction(
                        READ,
                        transaction -> List.of(
                                Caller.start(() -> one.transactions().isRunning())
                                        .answer(),
                                other.transactions().isRunning()));

        assertThat(running).containsExactly(false, false);
    }

    @Test
    void work_is_told_which_attempt_it_is() {
        TransactionRunner transactions = fixture.open(Limits.connections(1)).transactions();

        assertThat(attempt(transactions, READ)).isOne();
        assertThat(attempt(transactions, READ.withAttempt(3))).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void nested_work_is_told_the_attempt_of_the_whole(Nesting nesting) {
        TransactionRunner transactions = fixture.open(Limits.connections(1)).transactions();

        int told = transactions.inTransaction(
                WRITE.withAttempt(2), outer -> attempt(transactions, WRITE.withNesting(nesting)));

        assertThat(told).isEqualTo(2);
    }

    private static int attempt(TransactionRunner transactions, TransactionOptions options) {
        return transactions.inTransaction(options, transaction -> transaction.attempt());
    }
}
