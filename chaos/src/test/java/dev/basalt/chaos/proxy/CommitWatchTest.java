package dev.basalt.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitWatchTest {

    private final CommitWatch watch = new CommitWatch();

    @BeforeEach
    void start_up() {
        byte[] encryption = ByteBuffer.allocate(8).putInt(8).putInt(80_877_103).array();
        byte[] startUp = ByteBuffer.allocate(14)
                .putInt(14)
                .putInt(3 << 16)
                .put("user\0\0".getBytes(StandardCharsets.US_ASCII))
                .array();
        assertThat(watch.seesCommit(encryption, encryption.length)).isFalse();
        assertThat(watch.seesCommit(startUp, startUp.length)).isFalse();
    }

    @Test
    void a_simple_query_of_commit_is_seen() {
        assertThat(sees(message('Q', "COMMIT"))).isTrue();
        assertThat(sees(message('Q', " commit work"))).isTrue();
    }

    @Test
    void other_statements_are_none() {
        assertThat(sees(message('Q', "SELECT 'COMMIT'"))).isFalse();
        assertThat(sees(message('P', "", "UPDATE t SET a = 1"), message('B', "", ""), message('E', "")))
                .isFalse();
    }

    @Test
    void a_prepared_commit_is_seen_each_time_it_is_executed() {
        assertThat(sees(message('P', "S_1", "COMMIT"))).isFalse();
        assertThat(sees(message('B', "", "S_1"), message('E', ""))).isTrue();
        assertThat(sees(message('P', "", "SELECT 1"), message('B', "", ""), message('E', "")))
                .isFalse();
        assertThat(sees(message('B', "", "S_1"), message('E', ""))).isTrue();
    }

    @Test
    void a_commit_that_comes_in_pieces_is_seen_with_the_last_one() {
        byte[] whole = message('Q', "COMMIT");
        for (int i = 0; i < whole.length - 1; i++) {
            assertThat(watch.seesCommit(new byte[] {whole[i]}, 1)).isFalse();
        }

        assertThat(watch.seesCommit(new byte[] {whole[whole.length - 1]}, 1)).isTrue();
    }

    private boolean sees(byte[]... messages) {
        var all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.writeBytes(message);
        }
        return watch.seesCommit(all.toByteArray(), all.size());
    }

    private static byte[] message(char type, String... texts) {
        byte[] body = (String.join("\0", texts) + "\0").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(4 + body.length)
                .put(body)
                .array();
    }
}
