package dev.basalt.app.access.credentials;

import dev.basalt.app.access.users.User;
import dev.basalt.app.http.Problem;
import dev.basalt.app.http.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks names and passwords against the users. Thread-safe.
 *
 * <p>Comparing a password costs tens of milliseconds of a core, so it is done by half of the cores at most, and what was
 * right once is remembered for a while: by a keyed digest, and together with the hash, so that a changed password or a
 * removed user counts at once. Who is unknown is compared with somebody else's hash: the time does not tell.
 */
final class Passwords implements AutoCloseable {

    /** Comparisons that wait; further ones are turned away. */
    private static final int QUEUE = 50;

    private static final Duration MEMORY = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 1000;
    private static final String HMAC = "HmacSHA256";

    private final LiveUsers users;
    private final SecretKeySpec key;
    private final Remembered remembered = new Remembered(MOST_REMEMBERED, MEMORY);
    private final ThreadPoolExecutor threads;

    Passwords(LiveUsers users) {
        this.users = users;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.threads = new ThreadPoolExecutor(
                cores,
                cores,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().name("passwords-", 0).daemon().factory());
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The user who has this name and password, if there is one. Waits for its turn.
     *
     * @throws Problem if too many are waiting already
     */
    Optional<User> check(String name, String password) {
        Optional<User> user = users.find(name);
        Optional<ByteBuffer> digest =
                user.map(known -> digest(name, password, known.password().value()));
        if (digest.filter(remembered::contains).isPresent()) {
            return user;
        }
        Optional<User> compared = user.or(() -> users.any(digest(name).getInt()));
        boolean right = compared.isPresent() && compare(compared.get(), password) && user.isPresent();
        if (right) {
            digest.ifPresent(remembered::add);
        }
        return right ? user : Optional.empty();
    }

    private boolean compare(User user, String password) {
        try {
            return threads.submit(() -> user.password().matches(password)).get();
        } catch (RejectedExecutionException e) {
            throw Problem.later(ProblemCode.UNAVAILABLE, "too many passwords are being checked", Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.later(ProblemCode.UNAVAILABLE, "the service stops", Duration.ofSeconds(2));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each part with its length in front, so that no two lists of parts look the same. */
    private ByteBuffer digest(String... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            return ByteBuffer.wrap(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
