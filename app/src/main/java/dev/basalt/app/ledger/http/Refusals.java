package dev.basalt.app.ledger.http;

import dev.basalt.app.http.FieldFault;
import dev.basalt.app.http.Problem;
import dev.basalt.app.http.ProblemCode;
import dev.basalt.app.http.Quoted;
import dev.basalt.domain.ledger.Refusal;
import dev.basalt.domain.ledger.Refusal.BalanceOutOfRange;
import dev.basalt.domain.ledger.Refusal.CurrencyMismatch;
import dev.basalt.domain.ledger.Refusal.InsufficientFunds;
import dev.basalt.domain.ledger.Refusal.KeyReused;
import dev.basalt.domain.ledger.Refusal.SystemAccounts;
import dev.basalt.domain.ledger.Refusal.UnknownAccounts;
import dev.basalt.domain.ledger.TransferOrder;
import java.util.List;
import java.util.Map;

/** Which problem each refusal is for a caller. */
final class Refusals {

    private Refusals() {}

    /** The problem with a transfer; the fields are those that name the accounts. */
    static Problem problem(Refusal refusal, TransferOrder order) {
        return problem(refusal, Map.of(order.fromAccount(), "from_account", order.toAccount(), "to_account"));
    }

    /** The problem with opening an account, which names no other one. */
    static Problem problem(Refusal refusal) {
        return problem(refusal, Map.of());
    }

    private static Problem problem(Refusal refusal, Map<Long, String> fields) {
        return switch (refusal) {
            case InsufficientFunds(long account, long amount, String currency) ->
                Problem.of(
                        ProblemCode.INSUFFICIENT_FUNDS,
                        "account %d has less on it than %d minor units of %s".formatted(account, amount, currency));
            case UnknownAccounts(List<Long> accounts) ->
                Problem.of(
                        ProblemCode.NOT_FOUND,
                        "no such account: " + joined(accounts),
                        faults(accounts, fields, "there is no such account"));
            case CurrencyMismatch(String from, String to) ->
                Problem.badRequest(List.of(
                        new FieldFault("from_account", "is in " + from + ": an account in " + to + " is allowed"),
                        new FieldFault("to_account", "is in " + to + ": an account in " + from + " is allowed")));
            case SystemAccounts(List<Long> accounts) ->
                Problem.badRequest(faults(accounts, fields, "a system account: only others are allowed"));
            case BalanceOutOfRange(long account) ->
                Problem.of(
                        ProblemCode.CONSTRAINT_VIOLATED,
                        "the balance of account " + account + " would not fit into 64 bits");
            case KeyReused(String key) ->
                Problem.of(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED, "the key " + Quoted.of(key) + " stands for another order");
        };
    }

    private static List<FieldFault> faults(List<Long> accounts, Map<Long, String> fields, String message) {
        return accounts.stream()
                .map(account ->
                        new FieldFault(fields.getOrDefault(account, "account"), "is " + account + ": " + message))
                .toList();
    }

    private static String joined(List<Long> accounts) {
        return String.join(", ", accounts.stream().map(String::valueOf).toList());
    }
}
