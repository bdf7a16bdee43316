package dev.basalt.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private EchoServer server;
    private FaultProxy proxy;

    @BeforeEach
    void open() {
        server = new EchoServer();
        proxy = new FaultProxy(server.port());
    }

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    void at_first_everything_passes() throws IOException {
        try (var client = new Client(proxy.port());
                var other = new Client(proxy.port())) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThat(other.ask("world")).isEqualTo("world");
        }
        assertThat(proxy.connects()).hasSize(2);
    }

    @Test
    void a_delay_holds_each_answer_back() throws IOException {
        try (var client = new Client(proxy.port())) {
            client.ask("ready");
            proxy.delay(Duration.ofMillis(150), Duration.ofMillis(50));

            assertThat(timed(() -> client.ask("hello"))).isGreaterThanOrEqualTo(Duration.ofMillis(300));

            proxy.heal();
            assertThat(client.ask("again")).isEqualTo("again");
        }
    }

    @Test
    void a_narrow_way_lets_only_so_much_through() throws IOException {
        try (var client = new Client(proxy.port())) {
            client.ask("ready");
            proxy.limit(10_000);

            assertThat(timed(() -> client.ask("x".repeat(2000)))).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        }
    }

    @Test
    void what_waits_in_a_black_hole_goes_on_when_it_is_healed() throws IOException {
        try (var client = new Client(proxy.port())) {
            client.ask("ready");
            proxy.blackHole();
            client.send("hello");
            try (var late = new Client(proxy.port())) {
                late.send("late");

                assertThatThrownBy(() -> client.read(1, Client.SHORT_MS)).isInstanceOf(SocketTimeoutException.class);
                assertThatThrownBy(() -> late.read(1, Client.SHORT_MS)).isInstanceOf(SocketTimeoutException.class);

                proxy.heal();
                assertThat(client.read(5, Client.LONG_MS)).isEqualTo("hello");
                assertThat(late.read(4, Client.LONG_MS)).isEqualTo("late");
            }
        }
    }

    @Test
    void a_silenced_connection_stays_so_while_new_ones_are_well() throws IOException {
        try (var client = new Client(proxy.port())) {
            client.ask("ready");
            proxy.silence();
            client.send("hello");
            proxy.heal();

            assertThatThrownBy(() -> client.read(1, Client.SHORT_MS)).isInstanceOf(SocketTimeoutException.class);
            try (var other = new Client(proxy.port())) {
                assertThat(other.ask("world")).isEqualTo("world");
            }
        }
    }

    @Test
    void a_reset_cuts_what_is_open_and_lets_new_ones_in() throws IOException {
        try (var client = new Client(proxy.port())) {
            client.ask("ready");
            proxy.reset();

            assertThatThrownBy(() -> client.read(1, Client.LONG_MS)).isInstanceOf(SocketException.class);
            try (var other = new Client(proxy.port())) {
                assertThat(other.ask("world")).isEqualTo("world");
            }
        }
    }

    @Test
    void who_is_refused_cannot_connect_until_it_is_healed() throws IOException {
        try (var client = new Client(proxy.port())) {
            client.ask("ready");
            proxy.refuse();

            assertThatThrownBy(() -> client.read(1, Client.LONG_MS)).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> new Client(proxy.port())).isInstanceOf(ConnectException.class);

            proxy.heal();
            try (var other = new Client(proxy.port())) {
                assertThat(other.ask("world")).isEqualTo("world");
            }
        }
    }

    @Test
    void a_connection_is_cut_after_so_many_bytes() throws IOException {
        try (var client = new Client(proxy.port())) {
            client.ask("ready");
            proxy.cutAfter(10);
            assertThat(client.ask("0123456789")).isEqualTo("0123456789");
            client.send("a");

            assertThatThrownBy(() -> client.read(1, Client.LONG_MS)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void a_server_that_is_not_there_cuts_the_connection() throws IOException {
        // The port is nobody else's as long as it is bound, and nobody listens there.
        try (var absent = new Socket()) {
            absent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (var leadsNowhere = new FaultProxy(absent.getLocalPort());
                    var client = new Client(leadsNowhere.port())) {
                assertThatThrownBy(() -> client.read(1, Client.LONG_MS)).isInstanceOf(SocketException.class);
            }
        }
    }

    private static Duration timed(Traffic traffic) throws IOException {
        long start = System.nanoTime();
        traffic.pass();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @FunctionalInterface
    private interface Traffic {
        Object pass() throws IOException;
    }
}
