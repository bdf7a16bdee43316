package dev.basalt.app.settings.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotenvFileTest {

    @TempDir
    private Path directory;

    @Test
    void without_the_file_there_are_no_variables() {
        assertThat(DotenvFile.in(directory)).isEmpty();
    }

    @Test
    void values_are_read_with_and_without_quotes() throws IOException {
        write("""
                # a comment
                PLAIN=p@ss w'o/r?d%

                DOUBLE="p@ss w'o/r?d%#"
                SINGLE='with # inside'
                SPACED = x
                URL=postgresql://u:p@h/d?a=b&c=d
                """);

        DotenvFile file = DotenvFile.in(directory);

        assertThat(file.get("PLAIN")).isEqualTo("p@ss w'o/r?d%");
        assertThat(file.get("DOUBLE")).isEqualTo("p@ss w'o/r?d%#");
        assertThat(file.get("SINGLE")).isEqualTo("with # inside");
        assertThat(file.get("SPACED")).isEqualTo("x");
        assertThat(file.get("URL")).isEqualTo("postgresql://u:p@h/d?a=b&c=d");
        assertThat(file).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            export DB_PASSWORD=planted     | line 2, is malformed
            DB_PASSWORD: planted           | line 2, is malformed
            planted                        | line 2, is malformed
            DB_PASSWORD="plan"ted"         | line 2, is malformed
            DB_PASSWORD=plan#ted           | line 2: a comment stands on a line of its own
            DB_PORT=5432 # planted         | line 2: a comment stands on a line of its own
            """)
    void a_malformed_file_is_a_fault_that_names_the_line_and_shows_nothing_of_it(String line, String fault)
            throws IOException {
        write("A=b\n" + line + "\n");

        assertThatThrownBy(() -> DotenvFile.in(directory))
                .isInstanceOf(ConfigurationInvalid.class)
                .hasMessageContainingAll(directory.resolve(".env").toString(), fault)
                .message()
                .doesNotContain("planted", "ted");
    }

    private void write(String text) throws IOException {
        Files.writeString(directory.resolve(".env"), text);
    }
}
