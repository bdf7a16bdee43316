package dev.basalt.adapters.jdbc.bridge;

import dev.basalt.ports.Backend;
import dev.basalt.ports.ledger.Ledger;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;

/** An application around one backend, with the bridge and whatever else is on the class path. */
public final class Beans {

    private Beans() {}

    /** Starts it; to be closed by the caller before the backend. */
    public static ApplicationContext around(Backend primary) {
        ApplicationContext context = ApplicationContext.builder().build();
        context.registerSingleton(Backend.class, primary);
        return context.start();
    }

    /** The ledger of a backend, from an application that lasts as long as it is used. */
    public static Ledger ledger(Backend primary) {
        return around(primary).getBean(Ledger.class, Qualifiers.byName(primary.product()));
    }
}
