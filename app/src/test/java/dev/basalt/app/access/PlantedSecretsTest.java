package dev.basalt.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.basalt.app.ApplicationProcess;
import dev.basalt.app.access.users.PasswordHash;
import dev.basalt.app.settings.Providers;
import dev.basalt.contract.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets are planted everywhere, used rightly and wrongly, and looked for in all that comes out at the finest level. */
class PlantedSecretsTest {

    private static final String PASSWORD = "planted-user";
    private static final String WRONG = "planted-wrong";
    private static final String KEY = "planted-key-of-more-than-thirty-two-bytes";
    private static final List<String> PATHS = List.of(
            "/health",
            "/api/v1/health?depth=deep",
            "/api/v1/config",
            "/api/v1/pools",
            "/api/v1/pools/primary/holders",
            "/prometheus",
            "/api/v1/migrations",
            "/api/v1/accounts",
            "/nowhere");

    static List<TestDatabase> durable() {
        return TestDatabase.installed().stream().filter(TestDatabase::durable).toList();
    }

    @ParameterizedTest
    @MethodSource("durable")
    void no_secret_comes_out_whatever_is_asked(TestDatabase database, @TempDir Path folder) throws Exception {
        String hash = PasswordHash.ofPassword(PASSWORD).value();
        Path users = Files.writeString(folder.resolve("users"), "ada:admin:" + hash + "\n");
        Path key = Files.writeString(folder.resolve("key"), KEY + "\n");
        Path databasePassword = Files.writeString(folder.resolve("password"), "planted-database\n");
        var arguments = new ArrayList<>(
                List.of("-logger.levels.root=TRACE", "-access.users-file=" + users, "-access.jwt-secret-file=" + key));
        if (isSetting("password")) {
            // The tests' own server has a password in its URL, or none.
            arguments.addAll(List.of(
                    "-database.pools.other.host=127.0.0.1",
                    "-database.pools.other.port=1",
                    "-database.pools.other.user=bob",
                    "-database.pools.other.critical=false",
                    "-database.pools.other.password-file=" + databasePassword));
        }
        String token = Credentialed.bearer(Credentialed.claims("admin").build(), JWSAlgorithm.HS256, KEY);
        List<String> credentials =
                List.of(Credentialed.basic("ada", PASSWORD), Credentialed.basic("ada", WRONG), token, token + "x");

        String output;
        var answers = new StringBuilder();
        try (var application = ApplicationProcess.start(database.create(), folder, arguments.toArray(String[]::new))) {
            application.awaitReady();
            int good = 0;
            for (String authorization : credentials) {
                for (String path : PATHS) {
                    HttpResponse<String> answer = ask(application.port(), path, authorization);
                    answers.append(answer.headers().map()).append(answer.body());
                    good += answer.statusCode() == 200 ? 1 : 0;
                }
            }
            assertThat(good).as("two of the credentials are right").isEqualTo(2 * (PATHS.size() - 1));
            output = application.output();
        }

        assertThat(output).contains(" TRACE ");
        for (String out : List.of(output, answers.toString())) {
            assertThat(out).doesNotContain("planted-", hash);
            assertThat(credentials)
                    .allSatisfy(credential ->
                            assertThat(out).doesNotContain(credential.substring(credential.indexOf(' ') + 1)));
            assertThat(out).doesNotContain(Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static boolean isSetting(String key) {
        return Providers.installed().all().stream()
                .flatMap(provider -> provider.options().stream())
                .anyMatch(option -> option.key().equals(key));
    }

    private static HttpResponse<String> ask(int port, String path, String authorization)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Authorization", authorization)
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
