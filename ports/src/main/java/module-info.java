/** The ports of Basalt: what a backend does, without a word on how. */
module dev.basalt.ports {
    requires transitive dev.basalt.domain;
    requires static transitive org.jspecify;

    exports dev.basalt.ports;
    exports dev.basalt.ports.ledger;
}
