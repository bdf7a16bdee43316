package dev.basalt.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettlementTest {

    private static final Account SYSTEM = new Account(1, "system", "EUR", -1000, 5, true, Instant.EPOCH);
    private static final Account ADA = account(2, "EUR", 100);
    private static final Account BOB = account(3, "EUR", 0);
    private static final Account EVE = account(4, "USD", 100);
    private static final Account FULL = account(5, "EUR", Long.MAX_VALUE);

    @Test
    void a_transfer_is_booked_with_the_balances_after_it() {
        TransferOrder order = order("k", ADA, BOB, 30);

        Settlement settlement = settle(order);

        assertThat(settlement.verdicts()).containsExactly(new Verdict.Booked(order, "EUR", 70, 30));
        assertThat(settlement.changed()).containsExactlyInAnyOrder(after(ADA, 70, 1), after(BOB, 30, 1));
    }

    @Test
    void the_order_of_the_orders_matters() {
        TransferOrder fund = order("fund", ADA, BOB, 100);
        TransferOrder spend = order("spend", BOB, ADA, 60);

        assertThat(settle(fund, spend).verdicts())
                .containsExactly(new Verdict.Booked(fund, "EUR", 0, 100), new Verdict.Booked(spend, "EUR", 40, 60));
        assertThat(settle(spend, fund).verdicts())
                .containsExactly(
                        refused(spend, new Refusal.InsufficientFunds(BOB.id(), 60, "EUR")),
                        new Verdict.Booked(fund, "EUR", 0, 100));
        assertThat(settle(fund, spend).changed()).containsExactlyInAnyOrder(after(ADA, 60, 2), after(BOB, 40, 2));
    }

    @Test
    void one_unit_too_much_is_refused() {
        TransferOrder order = order("k", ADA, BOB, 101);

        assertThat(settle(order).verdicts())
                .containsExactly(refused(order, new Refusal.InsufficientFunds(ADA.id(), 101, "EUR")));
        assertThat(settle(order).changed()).isEmpty();
    }

    @Test
    void accounts_that_are_not_there_are_all_named() {
        TransferOrder one = new TransferOrder("k", ADA.id(), 77, 1, "");
        TransferOrder both = new TransferOrder("k", 78, 77, 1, "");

        assertThat(settle(one, both).verdicts())
                .containsExactly(
                        refused(one, new Refusal.UnknownAccounts(List.of(77L))),
                        refused(both, new Refusal.UnknownAccounts(List.of(78L, 77L))));
    }

    @Test
    void system_accounts_neither_pay_nor_receive() {
        TransferOrder from = order("k", SYSTEM, ADA, 1);
        TransferOrder to = order("k", ADA, SYSTEM, 1);

        assertThat(settle(from, to).verdicts())
                .containsExactly(
                        refused(from, new Refusal.SystemAccounts(List.of(SYSTEM.id()))),
                        refused(to, new Refusal.SystemAccounts(List.of(SYSTEM.id()))));
    }

    @Test
    void currencies_are_not_mixed() {
        TransferOrder order = order("k", ADA, EVE, 1);

        assertThat(settle(order).verdicts())
                .containsExactly(refused(order, new Refusal.CurrencyMismatch("EUR", "USD")));
    }

    @Test
    void a_balance_stays_within_64_bits() {
        TransferOrder order = order("k", ADA, FULL, 1);

        assertThat(settle(order).verdicts()).containsExactly(refused(order, new Refusal.BalanceOutOfRange(FULL.id())));
        assertThat(settle(order).changed()).isEmpty();
    }

    @Test
    void a_key_without_a_trace_is_free_within_the_batch_and_a_recorded_one_is_not() {
        TransferOrder noTrace = order("k", ADA, EVE, 1);
        TransferOrder recorded = order("k", ADA, BOB, 1000);
        TransferOrder late = order("k", ADA, BOB, 1);

        assertThat(settle(noTrace, recorded, late, recorded, noTrace).verdicts())
                .containsExactly(
                        refused(noTrace, new Refusal.CurrencyMismatch("EUR", "USD")),
                        refused(recorded, new Refusal.InsufficientFunds(ADA.id(), 1000, "EUR")),
                        refused(late, new Refusal.KeyReused("k")),
                        new Verdict.SameAs(1),
                        refused(noTrace, new Refusal.KeyReused("k")));
    }

    @Test
    void a_key_from_an_earlier_batch_is_known_or_reused() {
        TransferOrder order = order("k", ADA, BOB, 1);
        TransferOutcome outcome =
                new TransferOutcome.Completed(new Transfer(9, ADA.id(), BOB.id(), 1, "EUR", "", Instant.EPOCH));
        TransferOrder other = order("k", ADA, BOB, 2);

        Settlement settlement = Settlement.settle(
                Map.of(), Map.of("k", new RecordedOrder(order, outcome)), List.of(order, other, order));

        assertThat(settlement.verdicts())
                .containsExactly(
                        new Verdict.Known(outcome),
                        refused(other, new Refusal.KeyReused("k")),
                        new Verdict.Known(outcome));
        assertThat(settlement.changed()).isEmpty();
    }

    @Test
    void nothing_comes_of_an_empty_batch() {
        assertThat(settle()).isEqualTo(new Settlement(List.of(), List.of()));
    }

    @Test
    void an_opening_balance_may_take_the_system_account_below_0() {
        TransferOrder booking = order("k", SYSTEM, BOB, 500);

        Settlement settlement = Settlement.open(SYSTEM, BOB, booking);

        assertThat(settlement.verdicts()).containsExactly(new Verdict.Booked(booking, "EUR", -1500, 500));
        assertThat(settlement.changed()).containsExactlyInAnyOrder(after(SYSTEM, -1500, 1), after(BOB, 500, 1));
    }

    @Test
    void a_system_account_goes_down_to_the_last_number_and_no_further() {
        Account deep = after(SYSTEM, Long.MIN_VALUE + 10, 0);
        TransferOrder last = order("k", deep, BOB, 10);
        TransferOrder further = order("k", deep, BOB, 11);

        assertThat(Settlement.open(deep, BOB, last).verdicts())
                .containsExactly(new Verdict.Booked(last, "EUR", Long.MIN_VALUE, 10));
        assertThat(Settlement.open(deep, BOB, further))
                .isEqualTo(
                        new Settlement(List.of(refused(further, new Refusal.BalanceOutOfRange(deep.id()))), List.of()));
        TransferOrder most = order("k", deep, BOB, Long.MAX_VALUE);
        assertThat(Settlement.open(deep, BOB, most).changed()).isEmpty();
    }

    private static Settlement settle(TransferOrder... orders) {
        Map<Long, Account> accounts =
                Stream.of(SYSTEM, ADA, BOB, EVE, FULL).collect(Collectors.toMap(Account::id, Function.identity()));
        return Settlement.settle(accounts, Map.of(), List.of(orders));
    }

    private static Account account(long id, String currency, long balance) {
        return new Account(id, "owner " + id, currency, balance, 0, false, Instant.EPOCH);
    }

    private static Account after(Account account, long balance, int entries) {
        return new Account(
                account.id(),
                account.owner(),
                account.currency(),
                balance,
                account.version() + entries,
                account.system(),
                account.createdAt());
    }

    private static TransferOrder order(String key, Account from, Account to, long amount) {
        return new TransferOrder(key, from.id(), to.id(), amount, "for " + key);
    }

    private static Verdict refused(TransferOrder order, Refusal refusal) {
        return new Verdict.Refused(order, refusal);
    }
}
