package dev.basalt.contract.ledger;

import static dev.basalt.contract.ledger.Books.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.Entry;
import dev.basalt.domain.page.Page;
import dev.basalt.domain.page.PageRequest;
import dev.basalt.ports.Backend;
import dev.basalt.ports.ledger.Ledger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a {@link Ledger} lists accounts and entries, page by page. */
@Timeout(120)
public abstract class LedgerPageContract {

    private final BackendFixture fixture;
    private Books books;

    @SuppressWarnings("NullAway.Init") // JUnit calls migrate_a_backend first
    protected LedgerPageContract(TestDatabase database) {
        this.fixture = new BackendFixture(database);
    }

    /** The ledger of this backend, which has been migrated. */
    protected abstract Ledger ledger(Backend backend);

    @BeforeEach
    void migrate_a_backend() {
        Backend backend = fixture.open();
        backend.migrator().migrate();
        books = new Books(backend.transactions(), ledger(backend));
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void an_empty_ledger_has_an_empty_page_of_accounts() {
        var request = new PageRequest(1, 10, true);

        assertThat(books.accounts(request)).isEqualTo(new Page<Account>(List.of(), request, false, 0L));
    }

    @Test
    void accounts_are_listed_as_they_were_opened_and_without_the_system_accounts() {
        List<Account> opened = List.of(
                books.open("open-z", "EUR", 10),
                books.open("open-a", "USD", 20),
                books.open("open-m", "EUR", 0),
                books.open("open-b", "CHF", 30),
                books.open("open-y", "USD", 0));

        Page<Account> all = books.accounts(new PageRequest(1, 5, true));
        assertThat(all.items()).isEqualTo(opened).noneMatch(Account::system);
        assertThat(all.hasNext()).isFalse();
        assertThat(all.total()).isEqualTo(5);
        for (Account account : opened) {
            assertThat(books.account(account.id())).contains(account);
        }
        assertThat(books.account(books.systemAccountOf(opened.getFirst()).id()))
                .as("found by its number")
                .isPresent();
    }

    @Test
    void accounts_come_page_by_page() {
        List<Account> opened = IntStream.range(0, 5)
                .mapToObj(number -> books.open("open-" + number, "EUR", number))
                .toList();

        assertPage(books.accounts(new PageRequest(1, 2, true)), opened.subList(0, 2), true, 5);
        assertPage(books.accounts(new PageRequest(2, 2, true)), opened.subList(2, 4), true, 5);
        assertPage(books.accounts(new PageRequest(3, 2, true)), opened.subList(4, 5), false, 5);
        assertPage(books.accounts(new PageRequest(4, 2, true)), List.of(), false, 5);
        assertPage(books.accounts(new PageRequest(Integer.MAX_VALUE, 1000, true)), List.of(), false, 5);
        assertPage(books.accounts(new PageRequest(1, 4, true)), opened.subList(0, 4), true, 5);
        assertPage(books.accounts(new PageRequest(1, 5, true)), opened, false, 5);
        assertThat(books.accounts(new PageRequest(1, 5, false)).total()).isNull();
    }

    @Test
    void an_account_is_listed_with_what_is_on_it_now() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 0);
        books.transfer("key-1", ada, bob, 200);

        assertThat(books.accounts()).extracting(Account::balance).containsExactly(300L, 200L);
        assertThat(books.accounts()).extracting(Account::version).containsExactly(2L, 1L);
    }

    @Test
    void entries_come_page_by_page_in_the_order_in_which_they_were_booked() {
        Account ada = books.open("open-1", "EUR", 1000);
        Account bob = books.open("open-2", "EUR", 0);
        books.transfer("key-1", ada, bob, 100);
        books.post(List.of(order("key-3", bob, ada, 30), order("key-2", ada, bob, 20), order("key-4", ada, bob, 5)));

        List<Entry> all = books.entries(ada.id());

        assertThat(all).extracting(Entry::amount).containsExactly(1000L, -100L, 30L, -20L, -5L);
        assertThat(all).extracting(Entry::balanceAfter).containsExactly(1000L, 900L, 930L, 910L, 905L);
        assertPage(books.entries(ada.id(), new PageRequest(1, 2, true)), all.subList(0, 2), true, 5);
        assertPage(books.entries(ada.id(), new PageRequest(2, 2, true)), all.subList(2, 4), true, 5);
        assertPage(books.entries(ada.id(), new PageRequest(3, 2, true)), all.subList(4, 5), false, 5);
        assertPage(books.entries(ada.id(), new PageRequest(4, 2, true)), List.of(), false, 5);
        assertThat(books.entries(ada.id(), new PageRequest(1, 2, false)).total())
                .isNull();
        assertThat(books.entries(bob.id())).extracting(Entry::amount).containsExactly(100L, -30L, 20L, 5L);
    }

    @Test
    void an_account_that_does_not_exist_has_no_entries() {
        books.open("open-1", "EUR", 1000);

        assertPage(books.entries(987_654_321, new PageRequest(1, 10, true)), List.of(), false, 0);
    }

    private static <T> void assertPage(Page<T> page, List<T> items, boolean hasNext, long total) {
        assertThat(page.items()).isEqualTo(items);
        assertThat(page.hasNext()).isEqualTo(hasNext);
        assertThat(page.total()).isEqualTo(total);
    }
}
