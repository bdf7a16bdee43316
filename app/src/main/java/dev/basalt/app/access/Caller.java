package dev.basalt.app.access;

import dev.basalt.app.access.users.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.authentication.AuthorizationException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request. Immutable.
 *
 * @param name the name, without control characters
 * @param role the highest role, or {@code null} for who may use no more than what is open to everybody
 */
public record Caller(String name, @Nullable Role role) {

    /** Whoever calls this machine from itself, as long as there are no credentials. */
    public static final Caller LOCAL = new Caller("local", Role.ADMIN);

    private static final Caller NOBODY = new Caller("anonymous", null);

    private static final String WITHOUT_ROLE = "basalt.caller-without-role";

    /** Who makes this request. */
    public static Caller of(HttpRequest<?> request) {
        return authentication(request)
                .map(authentication -> new Caller(
                        authentication.getName(),
                        Arrays.stream(Role.values())
                                .filter(role -> authentication.getRoles().contains(role.code()))
                                .max(Comparator.naturalOrder())
                                .orElse(null)))
                .orElse(NOBODY);
    }

    /** Ends the request, with 401 or 403, unless its caller has this role; for routes that only sometimes need one. */
    public static void require(HttpRequest<?> request, Role needed) {
        if (!of(request).may(needed)) {
            throw new AuthorizationException(authentication(request).orElse(null));
        }
    }

    /** Notes that this request's caller has proved who they are, but may use no more than everybody. */
    public void withoutRole(HttpRequest<?> request) {
        request.setAttribute(WITHOUT_ROLE, name);
    }

    /** The name of a caller who has proved who they are, whatever the role. */
    static Optional<String> provedName(HttpRequest<?> request) {
        return authentication(request)
                .map(Authentication::getName)
                .or(() -> request.getAttribute(WITHOUT_ROLE, String.class));
    }

    /** Tells whether the caller has this role, or one that includes it. */
    public boolean may(Role needed) {
        return role != null && role.includes(needed);
    }

    /** Tells whether the caller may know hosts, databases and what the driver said. */
    public boolean mayReadDetails() {
        return may(Role.VIEWER);
    }

    /** As the framework has it; only for callers with a role. */
    public Authentication authentication() {
        if (role == null) {
            throw new IllegalStateException("a caller without a role is nobody");
        }
        return Authentication.build(name, role.codes());
    }

    private static Optional<Authentication> authentication(HttpRequest<?> request) {
        return request.getUserPrincipal(Authentication.class);
    }
}
