-- Amounts are whole numbers of minor units; times are microseconds since 1970.
CREATE TABLE accounts (
    id              INTEGER NOT NULL CONSTRAINT accounts_pk PRIMARY KEY,
    idempotency_key TEXT CONSTRAINT accounts_idempotency_key UNIQUE,
    owner           TEXT    NOT NULL,
    currency        TEXT    NOT NULL,
    balance         INTEGER NOT NULL,
    opening_balance INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    system          INTEGER NOT NULL CONSTRAINT accounts_system_flag CHECK (system IN (0, 1)),
    created_at      INTEGER NOT NULL,
    CONSTRAINT accounts_balance_not_negative CHECK (system = 1 OR balance >= 0)
) STRICT;

CREATE UNIQUE INDEX accounts_system_currency ON accounts (currency) WHERE system;

CREATE TABLE transfers (
    id              INTEGER NOT NULL CONSTRAINT transfers_pk PRIMARY KEY,
    idempotency_key TEXT    NOT NULL CONSTRAINT transfers_idempotency_key UNIQUE,
    from_account    INTEGER NOT NULL CONSTRAINT transfers_from_account REFERENCES accounts (id),
    to_account      INTEGER NOT NULL CONSTRAINT transfers_to_account REFERENCES accounts (id),
    amount          INTEGER NOT NULL CONSTRAINT transfers_amount_positive CHECK (amount > 0),
    currency        TEXT    NOT NULL,
    description     TEXT    NOT NULL,
    refusal         TEXT,
    created_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE entries (
    id            INTEGER NOT NULL CONSTRAINT entries_pk PRIMARY KEY,
    account_id    INTEGER NOT NULL CONSTRAINT entries_account_id REFERENCES accounts (id),
    transfer_id   INTEGER NOT NULL,
    amount        INTEGER NOT NULL,
    balance_after INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX entries_account ON entries (account_id, id);
