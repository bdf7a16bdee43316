package dev.basalt.app.access;

import static dev.basalt.app.access.Credentialed.basic;
import static dev.basalt.app.access.Credentialed.bearer;
import static dev.basalt.app.access.Credentialed.claims;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.app.access.users.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsHttpTest {

    private static final String POOLS = "/api/v1/pools";

    private final Credentialed started = Credentialed.start();

    @AfterAll
    void stop() {
        started.close();
    }

    static Stream<Arguments> worthless() {
        JWTClaimsSet admin = claims("admin").build();
        String[] good = bearer(admin).substring("Bearer ".length()).split("\\.", -1);
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                Arguments.of("algorithm none", "Bearer " + new PlainJWT(admin).serialize()),
                Arguments.of("algorithm none with a signature", "Bearer " + none + "." + good[1] + "." + good[2]),
                Arguments.of("no signature", "Bearer " + good[0] + "." + good[1] + "."),
                Arguments.of("another algorithm", bearer(admin, JWSAlgorithm.HS384, Credentialed.SECRET)),
                Arguments.of("another key", bearer(admin, JWSAlgorithm.HS256, Credentialed.SECRET + "x")),
                Arguments.of(
                        "expired",
                        bearer(claims("admin").expirationTime(in(-60)).build())),
                Arguments.of(
                        "no end", bearer(claims("admin").expirationTime(null).build())),
                Arguments.of(
                        "not yet valid",
                        bearer(claims("admin").notBeforeTime(in(60)).build())),
                Arguments.of(
                        "another issuer",
                        bearer(claims("admin").issuer("https://evil").build())),
                Arguments.of("no issuer", bearer(claims("admin").issuer(null).build())),
                Arguments.of(
                        "another audience",
                        bearer(claims("admin").audience("other").build())),
                Arguments.of(
                        "no audience",
                        bearer(claims("admin").audience((String) null).build())),
                Arguments.of("no name", bearer(claims("admin").subject(null).build())),
                Arguments.of(
                        "a name with a line break",
                        bearer(claims("admin").subject("a\nb").build())),
                Arguments.of("a changed payload", "Bearer " + good[0] + "." + good[1] + "x." + good[2]),
                Arguments.of("no token", "Bearer "),
                Arguments.of("not a token", "Bearer x.y.z"),
                Arguments.of("a huge token", "Bearer " + "a".repeat(7000)),
                Arguments.of("a wrong password", basic("admin", "viewer")),
                Arguments.of("no password", basic("admin", "")),
                Arguments.of("an unknown user", basic("nobody", "admin")),
                Arguments.of("no name, right password", basic("", "admin")),
                Arguments.of("the name in capitals", basic("ADMIN", "admin")),
                Arguments.of("a password with NUL behind", basic("admin", "admin\0")),
                Arguments.of("a password that repeats around NUL", basic("admin", "admin\0admin")),
                Arguments.of("a long password", basic("admin", "admin".repeat(20))),
                Arguments.of("a colon too many", basic("admin", "admin:")),
                Arguments.of("no colon", basic("admin".getBytes(StandardCharsets.UTF_8))),
                Arguments.of("not UTF-8", basic(new byte[] {'a', ':', (byte) 0xff})),
                Arguments.of("not base64", "Basic !!!"),
                Arguments.of("an unknown scheme", "Negotiate abc"),
                Arguments.of("a scheme alone", "Basic"),
                Arguments.of("nothing", " "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worthless")
    void what_proves_nothing_is_refused_on_open_routes_too(String what, String header) {
        for (String path : List.of(POOLS, "/health", "/openapi.yml", "/nope")) {
            Answer answer = started.application().get(path, "Authorization", header);

            assertThat(answer.status()).as(what + ": " + answer.text()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("unauthenticated");
            assertThat(answer.json().path("detail").asText()).isEqualTo("the credentials are not valid");
            assertThat(answer.header("WWW-Authenticate"))
                    .contains("Basic realm=\"basalt\"")
                    .contains("Bearer");
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.header("X-Request-Id")).isNotEmpty();
        }
    }

    @Test
    void without_credentials_the_answer_says_how_to_give_them() {
        Answer answer = started.application().get(POOLS);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate"))
                .contains("Basic realm=\"basalt\"")
                .contains("Bearer");
    }

    @Test
    void tokens_that_are_a_little_different_are_good() {
        for (JWTClaimsSet good : List.of(
                claims().claim("roles", "viewer").build(),
                claims("other", "viewer").build(),
                claims("viewer").expirationTime(in(-5)).build(),
                claims("viewer").notBeforeTime(in(5)).build(),
                claims("viewer")
                        .audience(List.of("other", Credentialed.AUDIENCE))
                        .build(),
                claims("viewer").subject("Zoë 🪨").build())) {
            assertThat(status(bearer(good))).as(good.toString()).isEqualTo(200);
        }
        assertThat(status(bearer(claims("viewer").build()).replace("Bearer", "bEaReR")))
                .isEqualTo(200);
    }

    @Test
    void a_role_must_be_named_exactly() {
        for (Object roles : List.of("ADMIN", "admin ", "viewer admin", List.of(List.of("admin")), List.of(1), true)) {
            assertThat(status(bearer(claims().claim("roles", roles).build())))
                    .as(roles.toString())
                    .isEqualTo(403);
        }
    }

    @Test
    void two_headers_are_refused() {
        String good = basic("admin", "admin");

        assertThat(started.application()
                        .get(POOLS, "Authorization", good, "Authorization", good)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void the_users_of_a_replaced_file_count_and_a_broken_file_changes_nothing() {
        try (var own = Credentialed.start()) {
            String old = basic("viewer", "viewer");
            String unusual = basic("zoë", "p@ss: wörd:🪨");
            assertThat(own.application().get(POOLS, "Authorization", old).status())
                    .isEqualTo(200);

            own.write("zoë:viewer:" + PasswordHash.ofPassword("p@ss: wörd:🪨").value());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> own.application()
                                    .get(POOLS, "Authorization", unusual)
                                    .status()
                            == 200);
            assertThat(own.application().get(POOLS, "Authorization", old).status())
                    .isEqualTo(401);

            own.write("zoë:viewer:plain");
            Awaitility.await()
                    .during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> own.application()
                                    .get(POOLS, "Authorization", unusual)
                                    .status()
                            == 200);

            own.write(Credentialed.users());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            own.application().get(POOLS, "Authorization", old).status() == 200);
            assertThat(own.application().get(POOLS, "Authorization", unusual).status())
                    .isEqualTo(401);
        }
    }

    private int status(String authorization) {
        return started.application().get(POOLS, "Authorization", authorization).status();
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
