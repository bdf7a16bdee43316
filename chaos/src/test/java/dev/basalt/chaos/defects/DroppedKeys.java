package dev.basalt.chaos.defects;

import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.Entry;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.ledger.Transfer;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.page.Page;
import dev.basalt.domain.page.PageRequest;
import dev.basalt.ports.ledger.Ledger;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Carries out each order under a key of its own, however often it comes. */
@Singleton
@Requires(property = "basalt.defect", value = "dropped-keys")
final class DroppedKeys implements BeanCreatedEventListener<Ledger> {

    @Override
    public Ledger onCreated(BeanCreatedEvent<Ledger> event) {
        return new Forgetful(event.getBean());
    }

    private record Forgetful(Ledger sound) implements Ledger {

        @Override
        public AccountOutcome open(OpenAccount order) {
            return sound.open(order);
        }

        @Override
        public List<TransferOutcome> post(List<TransferOrder> orders) {
            return sound.post(orders.stream()
                    .map(order -> new TransferOrder(
                            UUID.randomUUID().toString(),
                            order.fromAccount(),
                            order.toAccount(),
                            order.amount(),
                            order.description()))
                    .toList());
        }

        @Override
        public Optional<Account> account(long id) {
            return sound.account(id);
        }

        @Override
        public Page<Account> accounts(PageRequest request) {
            return sound.accounts(request);
        }

        @Override
        public Optional<Transfer> transfer(long id) {
            return sound.transfer(id);
        }

        @Override
        public Page<Entry> entries(long account, PageRequest request) {
            return sound.entries(account, request);
        }
    }
}
