package dev.basalt.app.settings;

import dev.basalt.domain.settings.Secret;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may call.
 *
 * @param usersFile the users, their roles and the hashes of their passwords, or {@code null} if there are none
 * @param jwtSecret what bearer tokens are signed with (HS256), or {@code null} if none are accepted
 * @param jwtIssuer who must have issued a token, or {@code null} for anybody who has the secret
 * @param jwtAudience for whom a token must have been issued, or {@code null} for anybody
 * @param allowedHosts the names that the service may be called by in the Host header, without ports; empty: the loopback
 *     names where it listens on loopback only, any name elsewhere
 */
public record AccessSettings(
        @Nullable Path usersFile,
        @Nullable Secret jwtSecret,
        @Nullable String jwtIssuer,
        @Nullable String jwtAudience,
        List<String> allowedHosts) {

    /** HS256 wants a key as long as its hash, in bytes (RFC 7518, section 3.2). */
    public static final int SHORTEST_JWT_SECRET = 32;

    /** Nobody is known: whoever calls from this machine is the administrator. */
    public static final AccessSettings DEFAULTS = new AccessSettings(null, null, null, null, List.of());

    public AccessSettings {
        allowedHosts = List.copyOf(allowedHosts);
    }

    /** Tells whether callers can prove who they are. */
    public boolean configured() {
        return usersFile != null || jwtSecret != null;
    }
}
