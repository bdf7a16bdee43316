package dev.basalt.app.access;

import io.micronaut.security.rules.SecurityRule;

/**
 * Who may use a route, for {@link io.micronaut.security.annotation.Secured}. A route without any of them is used by
 * nobody. The higher roles include the lower ones.
 */
public final class Roles {

    /** Everybody, also without credentials. */
    public static final String EVERYBODY = SecurityRule.IS_ANONYMOUS;

    /** Whoever may read. */
    public static final String VIEWER = "viewer";

    /** Whoever may write, probe, and see what is under way. */
    public static final String OPERATOR = "operator";

    /** Whoever may change schemas and see the configuration. */
    public static final String ADMIN = "admin";

    private Roles() {}
}
