CREATE TABLE accounts (
    id              bigint       GENERATED ALWAYS AS IDENTITY,
    idempotency_key varchar(255),
    owner           varchar(200) NOT NULL,
    currency        varchar(3)   NOT NULL,
    balance         bigint       NOT NULL,
    opening_balance bigint       NOT NULL,
    version         bigint       NOT NULL,
    system          boolean      NOT NULL,
    created_at      timestamptz  NOT NULL,
    CONSTRAINT accounts_pk PRIMARY KEY (id),
    CONSTRAINT accounts_idempotency_key UNIQUE (idempotency_key),
    CONSTRAINT accounts_no_overdraft CHECK (system OR balance >= 0)
);
CREATE UNIQUE INDEX accounts_system_currency ON accounts (currency) WHERE system;
COMMENT ON TABLE accounts IS 'Accounts with their balances in minor units; a system account may go below 0';

CREATE TABLE transfers (
    id              bigint       GENERATED ALWAYS AS IDENTITY,
    idempotency_key varchar(255) NOT NULL,
    from_account    bigint       NOT NULL,
    to_account      bigint       NOT NULL,
    amount          bigint       NOT NULL,
    currency        varchar(3)   NOT NULL,
    description     varchar(500) NOT NULL,
    refusal         varchar(40),
    created_at      timestamptz  NOT NULL,
    CONSTRAINT transfers_pk PRIMARY KEY (id),
    CONSTRAINT transfers_idempotency_key UNIQUE (idempotency_key),
    CONSTRAINT transfers_from_account FOREIGN KEY (from_account) REFERENCES accounts (id),
    CONSTRAINT transfers_to_account FOREIGN KEY (to_account) REFERENCES accounts (id),
    CONSTRAINT transfers_amount_positive CHECK (amount > 0)
);
COMMENT ON TABLE transfers IS 'Orders that were carried out, and those that were refused, with the reason';

-- No foreign key to transfers, on purpose: it makes serializable transfers conflict with each other.
CREATE TABLE entries (
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    account_id    bigint      NOT NULL,
    transfer_id   bigint      NOT NULL,
    amount        bigint      NOT NULL,
    balance_after bigint      NOT NULL,
    created_at    timestamptz NOT NULL,
    CONSTRAINT entries_pk PRIMARY KEY (id),
    CONSTRAINT entries_account FOREIGN KEY (account_id) REFERENCES accounts (id)
);
CREATE INDEX entries_account ON entries (account_id, id);
COMMENT ON TABLE entries IS 'Double entry: two for each transfer carried out, their amounts add up to 0';
