package dev.basalt.app.access.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.access.users.PasswordHash;
import dev.basalt.app.http.Problem;
import dev.basalt.app.http.ProblemCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {

    @TempDir
    private Path folder;

    @Test
    void only_the_right_password_is_right_also_after_it_was_remembered() throws IOException {
        try (var passwords = passwords()) {
            for (int i = 0; i < 3; i++) {
                assertThat(passwords.check("ada", "secret")).isPresent();
                assertThat(passwords.check("ada", "wrong")).isEmpty();
                assertThat(passwords.check("bob", "secret")).isEmpty();
                assertThat(passwords.check("adas", "ecret")).isEmpty();
            }
        }
    }

    @Test
    void guesses_beyond_the_queue_are_turned_away_and_who_is_remembered_gets_in()
            throws IOException, InterruptedException {
        try (var passwords = passwords();
                var guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(passwords.check("ada", "secret")).isPresent();
            var guesses = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 200; i++) {
                String guess = "guess" + i;
                guesses.add(guessers.submit(() -> passwords.check(guess, guess).isPresent()));
            }
            assertThat(passwords.check("ada", "secret")).isPresent();

            int turnedAway = 0;
            for (Future<Boolean> guess : guesses) {
                try {
                    assertThat(guess.get()).isFalse();
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    Problem.class,
                                    problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNAVAILABLE));
                    turnedAway++;
                }
            }
            assertThat(turnedAway).isPositive().isLessThan(200);
        }
    }

    @Test
    void what_is_remembered_is_bounded_in_number_and_time() {
        var some = new Remembered(2, Duration.ofHours(1));
        some.add(digest(1));
        some.add(digest(2));
        some.add(digest(1));
        some.add(digest(3));

        assertThat(some.contains(digest(1))).isTrue();
        assertThat(some.contains(digest(2))).isFalse();
        assertThat(some.contains(digest(3))).isTrue();

        var none = new Remembered(2, Duration.ZERO);
        none.add(digest(1));
        assertThat(none.contains(digest(1))).isFalse();
    }

    private Passwords passwords() throws IOException {
        Path file = folder.resolve("users");
        Files.writeString(file, "ada:admin:" + PasswordHash.ofPassword("secret").value());
        return new Passwords(new LiveUsers(file));
    }

    private static ByteBuffer digest(int number) {
        return ByteBuffer.allocate(4).putInt(number).flip();
    }
}
