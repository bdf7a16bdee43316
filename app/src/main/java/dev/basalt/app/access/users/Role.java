package dev.basalt.app.access.users;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Each role includes those before it. */
public enum Role {
    /** Reads: details of health, pools, schemas, the ledger. */
    VIEWER,
    /** Writes besides, and probes and looks at what is under way. */
    OPERATOR,
    /** Changes schemas besides, and sees the configuration. */
    ADMIN;

    /** What the roles are called, for messages. */
    public static final String ALLOWED = "viewer, operator or admin";

    /** The name as the users file, tokens and routes have it: lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether who has this role may do what the other one is needed for. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The codes of this role and of all that it includes. */
    public List<String> codes() {
        return Arrays.stream(values()).filter(this::includes).map(Role::code).toList();
    }

    /** The role of this code, if it is one. */
    public static Optional<Role> of(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }
}
