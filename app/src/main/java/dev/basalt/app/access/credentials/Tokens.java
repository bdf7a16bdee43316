package dev.basalt.app.access.credentials;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.basalt.app.access.Caller;
import dev.basalt.app.access.users.Role;
import dev.basalt.app.access.users.User;
import dev.basalt.app.http.Quoted;
import dev.basalt.app.settings.AccessSettings;
import dev.basalt.domain.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads bearer tokens: JWTs signed with HS256 and no other algorithm, with the key as it is now. A token must name its
 * bearer ({@code sub}) and its end ({@code exp}), and the issuer and audience where they are set. Thread-safe.
 */
final class Tokens {

    /** How far the clocks of issuer and service may be apart. */
    private static final int CLOCK_SKEW_SECONDS = 30;

    private static final String SUBJECT = "sub";
    private static final String EXPIRES = "exp";
    private static final String ROLES = "roles";

    private final Secret secret;
    private volatile byte[] lastKey;
    private final DefaultJWTClaimsVerifier<SecurityContext> claims;

    Tokens(Secret secret, AccessSettings access) {
        this.secret = secret;
        this.lastKey = secret.reveal().getBytes(StandardCharsets.UTF_8);
        var expected = new JWTClaimsSet.Builder();
        if (access.jwtIssuer() != null) {
            expected.issuer(access.jwtIssuer());
        }
        this.claims = new DefaultJWTClaimsVerifier<>(access.jwtAudience(), expected.build(), Set.of(SUBJECT, EXPIRES));
        this.claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
    }

    /**
     * The bearer of a token.
     *
     * @throws Refused if it proves nothing
     */
    Caller read(String token) throws Refused {
        try {
            JWTClaimsSet claimed = processor().process(SignedJWT.parse(token), null);
            String name = claimed.getSubject();
            if (name == null || !User.isName(name)) {
                throw new Refused("the token's sub is no name that one can have");
            }
            return new Caller(name, highest(roles(claimed)).orElse(null));
        } catch (BadJWTException e) {
            // Its signature was right, so what it says may be shown.
            throw new Refused(Quoted.of(String.valueOf(e.getMessage())));
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw new Refused("the token is malformed, or signed by another key or algorithm");
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor() {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        var key = new ImmutableSecret<SecurityContext>(key());
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, key));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }

    /** The key as it is now; while it cannot be one, as in a file that is just being written, the last that could. */
    private byte[] key() {
        byte[] now = secret.reveal().getBytes(StandardCharsets.UTF_8);
        if (now.length >= AccessSettings.SHORTEST_JWT_SECRET) {
            lastKey = now;
        }
        return lastKey;
    }

    private static Stream<String> roles(JWTClaimsSet claimed) {
        return switch (claimed.getClaim(ROLES)) {
            case String one -> Stream.of(one);
            case List<?> several ->
                several.stream().filter(String.class::isInstance).map(String.class::cast);
            case null, default -> Stream.empty();
        };
    }

    /** Roles that Basalt does not know are another service's. */
    private static Optional<Role> highest(Stream<String> roles) {
        return roles.flatMap(role -> Role.of(role).stream()).max(Comparator.naturalOrder());
    }
}
