package dev.basalt.app.access.users;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a password: its bcrypt hash. Making and comparing one takes tens of milliseconds of one core, by
 * intent. Prints as {@code ***}. Immutable.
 */
public final class PasswordHash {

    /** The longest password, in bytes of UTF-8: bcrypt sees no more. */
    public static final int MAX_PASSWORD = 72;

    /** Cheaper ones are guessed too fast, dearer ones take seconds of a core for each call that guesses. */
    static final int MIN_COST = 10;

    static final int MAX_COST = 14;

    static final String ALLOWED = "a bcrypt hash ($2a$, $2b$ or $2y$) with a cost of " + MIN_COST + " to " + MAX_COST;

    private static final int COST = 12;

    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

    private final String hash;

    private PasswordHash(String hash) {
        this.hash = hash;
    }

    /**
     * Takes over a hash, such as {@code htpasswd -B -C 12} makes it.
     *
     * @throws IllegalArgumentException if it is none, or its cost is out of range; the message does not show it
     */
    public static PasswordHash of(String hash) {
        Matcher matcher = FORM.matcher(hash);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the hash is of no supported kind: " + ALLOWED + " is allowed");
        }
        int cost = Integer.parseInt(matcher.group(1));
        if (cost < MIN_COST || cost > MAX_COST) {
            throw new IllegalArgumentException("the hash has a cost of " + cost + ": " + ALLOWED + " is allowed");
        }
        return new PasswordHash(hash);
    }

    /**
     * Hashes a password with a salt of its own.
     *
     * @throws IllegalArgumentException if it is no password that one can have
     */
    public static PasswordHash ofPassword(String password) {
        if (!isPassword(password)) {
            throw new IllegalArgumentException("a password has 1 to " + MAX_PASSWORD + " bytes in UTF-8, and no NUL");
        }
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return new PasswordHash(
                new String(BCrypt.with(BCrypt.Version.VERSION_2B).hash(COST, bytes), StandardCharsets.US_ASCII));
    }

    /** Tells whether it is the hash of this password. What cannot be a password takes no less time. */
    public boolean matches(String password) {
        boolean possible = isPassword(password);
        byte[] bytes = (possible ? password : "-").getBytes(StandardCharsets.UTF_8);
        boolean matched = BCrypt.verifyer().verify(bytes, hash.getBytes(StandardCharsets.US_ASCII)).verified;
        return possible && matched;
    }

    /** The hash, as the users file has it. */
    public String value() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PasswordHash that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    /** Beyond its length, and behind a NUL, bcrypt takes different passwords for the same. */
    private static boolean isPassword(String password) {
        return !password.isEmpty()
                && password.indexOf('\0') < 0
                && password.getBytes(StandardCharsets.UTF_8).length <= MAX_PASSWORD;
    }
}
