package dev.basalt.app.access.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersFileTest {

    /** Of "correct horse", as the C library makes it. */
    private static final String KNOWN = "$2y$10$abcdefghijklmnopqrstuu23JPZtHcGhwXSF41f93o/7vBdDut3Xu";

    @Test
    void users_are_read_between_comments_and_empty_lines() {
        UsersFile file = parse("# who may call\r\n\r\n ada:admin:" + KNOWN + " \nzoë k.:viewer:" + KNOWN);

        assertThat(file.faults()).isEmpty();
        assertThat(file.users()).containsOnlyKeys("ada", "zoë k.");
        assertThat(file.find("ada")).map(User::role).contains(Role.ADMIN);
        assertThat(file.find("Ada")).isEmpty();
    }

    @Test
    void every_fault_is_told_with_its_line_and_without_the_line_s_content() {
        UsersFile file = parse(String.join(
                "\n",
                "ada:admin:" + KNOWN,
                "planted",
                "ada:viewer:" + KNOWN,
                "bob:root:" + KNOWN,
                "bob:viewer:planted",
                ":viewer:" + KNOWN,
                "bob:viewer:" + KNOWN.replace("$10$", "$05$"),
                "bob:viewer:" + KNOWN.replace("$10$", "$31$"),
                "bob:viewer:" + KNOWN + ":planted"));

        assertThat(file.users()).containsOnlyKeys("ada");
        assertThat(file.faults())
                .hasSize(8)
                .noneMatch(fault -> fault.contains("planted"))
                .satisfies(faults -> {
                    assertThat(faults.get(0)).startsWith("line 2: has 1 part: name:role:hash");
                    assertThat(faults.get(1)).startsWith("line 3: there is a user 'ada' already");
                    assertThat(faults.get(2)).startsWith("line 4: the role").contains("viewer, operator or admin");
                    assertThat(faults.get(3)).startsWith("line 5: the hash");
                    assertThat(faults.get(4)).startsWith("line 6: the name");
                    assertThat(faults.get(5))
                            .startsWith("line 7: the hash has a cost of 5")
                            .contains("10 to 14");
                    assertThat(faults.get(6)).startsWith("line 8: the hash has a cost of 31");
                    assertThat(faults.get(7)).startsWith("line 9: has 4 parts");
                });
    }

    @Test
    void a_file_without_users_or_in_another_encoding_is_a_fault() {
        assertThat(parse("# nobody\n").faults()).containsExactly("has no users");
        assertThat(UsersFile.parse(new byte[] {'a', (byte) 0xff}).faults()).containsExactly("is not encoded in UTF-8");
        assertThat(UsersFile.parse(new byte[] {(byte) 0xc3}).users()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void each_kind_of_bcrypt_is_understood(String kind) {
        PasswordHash hash = PasswordHash.of(KNOWN.replace("$2y$", kind));

        assertThat(hash.matches("correct horse")).isTrue();
        assertThat(hash.matches("correct horse ")).isFalse();
        assertThat(hash).hasToString("***");
    }

    @Test
    void a_hash_that_was_made_is_one_of_that_password_alone() {
        PasswordHash hash =
                PasswordHash.of(PasswordHash.ofPassword("pässwörd 🪨").value());

        assertThat(hash.matches("pässwörd 🪨")).isTrue();
        assertThat(hash.matches("passwörd 🪨")).isFalse();
        assertThat(hash.matches("")).isFalse();
        assertThat(hash.matches("pässwörd 🪨\0pässwörd 🪨")).isFalse();
        assertThat(PasswordHash.ofPassword("pässwörd 🪨").value()).isNotEqualTo(hash.value());
    }

    @Test
    void a_password_is_used_whole_or_not_at_all() {
        String longest = "x".repeat(PasswordHash.MAX_PASSWORD);

        assertThat(PasswordHash.ofPassword(longest).matches(longest)).isTrue();
        assertThat(PasswordHash.ofPassword(longest).matches(longest + "y")).isFalse();
        for (String none : new String[] {"", longest + "y", "a\0b", "ö".repeat(37)}) {
            assertThatThrownBy(() -> PasswordHash.ofPassword(none)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"viewer,viewer", "operator,viewer operator", "admin,viewer operator admin"})
    void a_role_includes_those_below(String role, String included) {
        assertThat(Role.of(role))
                .isPresent()
                .get()
                .satisfies(found -> assertThat(found.codes()).containsExactly(included.split(" ", -1)));
        assertThat(Role.of(role.toUpperCase(Locale.ROOT))).isEmpty();
    }

    private static UsersFile parse(String text) {
        return UsersFile.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
