package dev.basalt.app.access.users;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a users file: one user a line, {@code name:role:hash}; lines that are empty or begin with {@code #} say
 * nothing. Immutable.
 *
 * @param users by their names
 * @param faults what is wrong with it, with the number of the line; the users are those of the sound lines
 */
public record UsersFile(Map<String, User> users, List<String> faults) {

    /** Ten thousand users and more; whatever is longer is another file. */
    private static final int MAX_BYTES = 1 << 20;

    public UsersFile {
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        faults = List.copyOf(faults);
    }

    /** Reads a file; that it cannot be read is one of the faults. */
    public static UsersFile read(Path file) {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            return faulty("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return bytes.length > MAX_BYTES ? faulty("has more than " + MAX_BYTES + " bytes") : parse(bytes);
    }

    /** Reads the bytes of a file. */
    static UsersFile parse(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return faulty("is not encoded in UTF-8");
        }
        var users = new LinkedHashMap<String, User>();
        var faults = new ArrayList<String>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                User user = user(line);
                if (users.putIfAbsent(user.name(), user) != null) {
                    throw new IllegalArgumentException("there is a user '" + user.name() + "' already");
                }
            } catch (IllegalArgumentException e) {
                faults.add("line " + (i + 1) + ": " + e.getMessage());
            }
        }
        if (users.isEmpty() && faults.isEmpty()) {
            faults.add("has no users");
        }
        return new UsersFile(users, faults);
    }

    /** The user of this name. */
    public Optional<User> find(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /** No part is shown: in a line that was mistyped, any may hold a secret. */
    private static User user(String line) {
        String[] parts = line.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "has " + parts.length + (parts.length == 1 ? " part" : " parts") + ": name:role:hash is allowed");
        }
        if (!User.isName(parts[0])) {
            throw new IllegalArgumentException("the name is not valid: " + User.ALLOWED + " are allowed");
        }
        Role role = Role.of(parts[1])
                .orElseThrow(
                        () -> new IllegalArgumentException("the role is unknown: " + Role.ALLOWED + " is allowed"));
        return new User(parts[0], role, PasswordHash.of(parts[2]));
    }

    private static UsersFile faulty(String fault) {
        return new UsersFile(Map.of(), List.of(fault));
    }
}
