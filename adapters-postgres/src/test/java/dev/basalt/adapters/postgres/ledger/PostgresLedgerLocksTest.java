package dev.basalt.adapters.postgres.ledger;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.adapters.jdbc.bridge.Beans;
import dev.basalt.adapters.postgres.PostgresTestDatabase;
import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.ports.Backend;
import dev.basalt.ports.ledger.Ledger;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That what holds up one order holds up neither its batch nor its connection for long. */
@Timeout(120)
final class PostgresLedgerLocksTest {

    private final TestDatabase database = new PostgresTestDatabase();
    private final BackendFixture fixture = new BackendFixture(database);
    private Backend backend;
    private Ledger ledger;
    private Account ada;
    private Account bob;
    private Account eve;

    @SuppressWarnings("NullAway.Init") // JUnit calls open_accounts first
    PostgresLedgerLocksTest() {}

    @BeforeEach
    void open_accounts() {
        backend = fixture.open(Limits.connections(4));
        backend.migrator().migrate();
        ledger = Beans.ledger(backend);
        ada = account("ada");
        bob = account("bob");
        eve = account("eve");
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void a_batch_soon_gives_up_on_an_account_that_somebody_keeps_locked() {
        try (var _ = new Lock("SELECT id FROM accounts WHERE id = " + eve.id() + " FOR UPDATE")) {
            assertGivesUp(order("one", ada, bob), order("two", ada, eve));

            assertThat(post(order("one", ada, bob))).hasOnlyElementsOfType(TransferOutcome.Completed.class);
        }

        assertThat(post(order("one", ada, bob), order("two", ada, eve)))
                .hasOnlyElementsOfType(TransferOutcome.Completed.class)
                .hasSize(2);
        assertThat(balance(ada)).isEqualTo(980);
    }

    @Test
    void a_batch_soon_gives_up_on_a_key_that_somebody_keeps_locked() {
        try (var _ = new Lock("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('transfer:two', 0))")) {
            assertGivesUp(order("one", ada, bob), order("two", ada, eve));
        }
    }

    @Test
    void an_order_alone_keeps_its_connection_no_longer() {
        try (var _ = new Lock("SELECT id FROM accounts WHERE id = " + eve.id() + " FOR UPDATE")) {
            assertGivesUp(order("alone", ada, eve));
        }

        assertThat(post(order("alone", ada, eve))).hasOnlyElementsOfType(TransferOutcome.Completed.class);
    }

    @Test
    void the_connection_of_a_batch_stays_in_the_pool_and_waits_for_locks_as_before() {
        long created = backend.pool().stats().created();

        post(order("one", ada, bob), order("two", ada, eve));

        assertThat(backend.pool().stats().active()).isZero();
        assertThat(backend.pool().stats().created()).isEqualTo(created);
        assertThat(backend.pool().stats().closed().values()).containsOnly(0L);
        List<List<@Nullable Object>> timeout =
                backend.transactions().inTransaction(WRITE, _ -> database.query(backend, "SHOW lock_timeout"));
        assertThat(timeout).containsExactly(List.of("0"));
    }

    private void assertGivesUp(TransferOrder... orders) {
        assertThatExceptionOfType(SerializationConflict.class)
                .isThrownBy(() -> post(orders))
                .satisfies(failure -> assertThat(failure.retryable()).isTrue())
                .havingCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        cause -> assertThat(cause.getSQLState())
                                .as("not the statement's own time-out")
                                .isEqualTo("55P03"));
    }

    private Account account(String owner) {
        var outcome = backend.transactions()
                .inTransaction(WRITE, _ -> ledger.open(new OpenAccount("open-" + owner, owner, "EUR", 1000)));
        return ((AccountOutcome.Opened) outcome).account();
    }

    private List<TransferOutcome> post(TransferOrder... orders) {
        return backend.transactions().inTransaction(WRITE, _ -> ledger.post(List.of(orders)));
    }

    private long balance(Account account) {
        return backend.transactions()
                .inTransaction(
                        READ, _ -> ledger.account(account.id()).orElseThrow().balance());
    }

    private static TransferOrder order(String key, Account from, Account to) {
        return new TransferOrder(key, from.id(), to.id(), 10, "for " + key);
    }

    /** Somebody else's transaction that keeps what a statement locks. */
    private final class Lock implements AutoCloseable {
        private final CountDownLatch taken = new CountDownLatch(1);
        private final CountDownLatch leave = new CountDownLatch(1);
        private final Caller<Boolean> holder;

        Lock(String sql) {
            holder = Caller.start(() -> backend.transactions().inTransaction(WRITE, _ -> {
                database.query(backend, sql);
                taken.countDown();
                return leave.await(60, TimeUnit.SECONDS);
            }));
            try {
                assertThat(taken.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            leave.countDown();
            assertThat(holder.answer()).isTrue();
        }
    }
}
