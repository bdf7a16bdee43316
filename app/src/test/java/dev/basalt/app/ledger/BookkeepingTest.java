package dev.basalt.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.backends.FakeBackend;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.page.PageRequest;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** In which transactions the ledger is used. */
class BookkeepingTest {

    private final FakeBackend backend =
            FakeBackend.of(new DatabaseSettings("primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS));
    private final FakeLedger ledger = new FakeLedger();
    private final Bookkeeping books = new Bookkeeping(
            backend.transactions(),
            ledger,
            new GroupCommit(
                    backend.transactions(),
                    ledger,
                    Duration.ofSeconds(30),
                    Duration.ofHours(1),
                    System::nanoTime,
                    new HeardBatches()));

    @Test
    void what_has_a_key_may_be_run_again_to_find_out_what_became_of_it() {
        backend.comes();

        books.open(new OpenAccount("key", "somebody", "EUR", 0));
        books.transfer(Orders.order(1));

        assertThat(backend.attempts())
                .containsExactly(TransactionOptions.WRITE.asIdempotent(), TransactionOptions.WRITE.asIdempotent());
    }

    @Test
    void who_only_looks_reads() {
        backend.comes();

        assertThat(books.account(1)).isEmpty();
        assertThat(books.transfer(1)).isEmpty();
        assertThat(books.entries(1, new PageRequest(1, 10, false))).isEmpty();

        assertThat(backend.attempts()).hasSize(3).containsOnly(TransactionOptions.READ);
    }
}
