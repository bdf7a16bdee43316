package dev.basalt.app.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.access.users.PasswordHash;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.settings.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application with a user of each role, whose name and password are the role's, and a key for tokens. */
public final class Credentialed implements AutoCloseable {

    public static final String SECRET = "a-secret-of-the-tests-with-48-bytes-0123456789ab";
    public static final String ISSUER = "https://issuer.test";
    public static final String AUDIENCE = "basalt-test";

    private static final String USERS = Stream.of("viewer", "operator", "admin")
            .map(role -> role + ":" + role + ":" + PasswordHash.ofPassword(role).value())
            .collect(Collectors.joining("\n"));

    private final Path file;
    private final RunningApplication application;

    private Credentialed(DatabaseUrl url, String... namesAndValues) {
        try {
            this.file = Files.createTempFile("users", ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(USERS);
        String[] access = {
            "access.users-file", file.toString(),
            "access.jwt-secret", SECRET,
            "access.jwt-issuer", ISSUER,
            "access.jwt-audience", AUDIENCE
        };
        this.application = RunningApplication.on(
                url, Stream.concat(Stream.of(access), Stream.of(namesAndValues)).toArray(String[]::new));
    }

    /** Starts it on this database. */
    public static Credentialed on(DatabaseUrl url, String... namesAndValues) {
        return new Credentialed(url, namesAndValues);
    }

    /** The header's name and value of the user who has this role. */
    public static String[] as(String role) {
        return new String[] {"Authorization", basic(role, role)};
    }

    /** Starts it on a database of its own. */
    public static Credentialed start(String... namesAndValues) {
        return new Credentialed(TestDatabase.installed().getFirst().create(), namesAndValues);
    }

    public RunningApplication application() {
        return application;
    }

    /** Replaces the users' file. */
    void write(String users) {
        try {
            Files.writeString(file, users);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String users() {
        return USERS;
    }

    static String basic(String name, String password) {
        return basic((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static String basic(byte[] content) {
        return "Basic " + Base64.getEncoder().encodeToString(content);
    }

    static String bearer(JWTClaimsSet claims) {
        return bearer(claims, JWSAlgorithm.HS256, SECRET);
    }

    static String bearer(JWTClaimsSet claims, JWSAlgorithm algorithm, String secret) {
        try {
            var token = new SignedJWT(new JWSHeader(algorithm), claims);
            token.sign(new MACSigner(secret));
            return "Bearer " + token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token's claims as they should be; what is set again replaces them. */
    static JWTClaimsSet.Builder claims(String... roles) {
        return new JWTClaimsSet.Builder()
                .subject("somebody")
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .claim("roles", List.of(roles))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    @Override
    public void close() {
        application.close();
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
