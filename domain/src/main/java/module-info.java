/** Values and rules of Basalt; needs nothing but {@code java.base}. */
module dev.basalt.domain {
    requires static transitive org.jspecify;

    exports dev.basalt.domain.failure;
    exports dev.basalt.domain.health;
    exports dev.basalt.domain.ledger;
    exports dev.basalt.domain.migration;
    exports dev.basalt.domain.page;
    exports dev.basalt.domain.pool;
    exports dev.basalt.domain.schema;
    exports dev.basalt.domain.settings;
    exports dev.basalt.domain.transaction;
}
