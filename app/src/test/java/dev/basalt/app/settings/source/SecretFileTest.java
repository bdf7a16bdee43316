package dev.basalt.app.settings.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"secret, secret", "'secret\n', secret", "'secret\r\n', secret", "'secret\n\n', 'secret\n'"})
    void the_content_is_the_secret_without_one_newline_at_its_end(String content, String secret) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), content);

        assertThat(new SecretFile("database.password-file", file.toString()).get())
                .isEqualTo(secret);
    }

    @Test
    void what_cannot_be_read_at_first_is_a_fault_that_names_the_path() throws IOException {
        assertFault(folder.resolve("missing"), "there is no such file");
        assertFault(folder, "that is no regular file");
        assertFault(Files.writeString(folder.resolve("empty"), "\n"), "the file is empty");
        assertFault(Files.write(folder.resolve("binary"), new byte[] {-1, -2}), "the file is not text in UTF-8");
        assertFault(Files.write(folder.resolve("large"), new byte[70_000]), "the file is larger than 64 KiB");
    }

    @Test
    void the_file_is_read_anew_each_time_also_behind_links_that_are_swapped() throws IOException {
        Path first = Files.createDirectory(folder.resolve("..1"));
        Path second = Files.createDirectory(folder.resolve("..2"));
        Files.writeString(first.resolve("password"), "old");
        Files.writeString(second.resolve("password"), "new");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), first);
        Path file = Files.createSymbolicLink(folder.resolve("password"), Path.of("..data/password"));
        var secret = new SecretFile("database.password-file", file.toString());
        assertThat(secret.get()).isEqualTo("old");

        Path swapped = Files.createSymbolicLink(folder.resolve("..tmp"), second);
        Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(secret.get()).isEqualTo("new");
    }

    @Test
    void the_last_good_content_holds_while_the_file_is_gone() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "old");
        var secret = new SecretFile("database.password-file", file.toString());

        Files.delete(file);
        assertThat(secret.get()).isEqualTo("old");
        Files.writeString(file, "");
        assertThat(secret.get()).isEqualTo("old");
        Files.writeString(file, "new");
        assertThat(secret.get()).isEqualTo("new");
    }

    private static void assertFault(Path file, String reason) {
        assertThatThrownBy(() -> new SecretFile("database.password-file", file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is '" + file + "': " + reason);
    }
}
