package dev.basalt.chaos.load;

import dev.basalt.chaos.application.Application;
import dev.basalt.chaos.application.Http;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Clients that move money among accounts, each one order after another, on connections that they keep. */
public final class Load implements AutoCloseable {

    /** Longer than anything may hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final int PAUSE_MS = 25;
    private static final int MOST = 5;

    private final List<Http> applications;
    private final Journal journal = new Journal();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    /** Makes it for these instances, of which each client has one; nobody calls yet. */
    public Load(List<Application> applications) {
        this.applications = applications.stream()
                .map(application -> new Http(application.port(), PATIENCE))
                .toList();
    }

    public Journal journal() {
        return journal;
    }

    /** Has so many clients more move money among these accounts from now on. */
    public void add(int more, List<Long> accounts) {
        List<Long> among = List.copyOf(accounts);
        for (int i = 0; i < more; i++) {
            Http application = applications.get(clients.size() % applications.size());
            clients.add(Thread.ofVirtual().name("client-" + clients.size()).start(() -> call(application, among)));
        }
    }

    /** Has no more orders sent, and waits for the answers to those that were. */
    public void stop() throws InterruptedException {
        stopped = true;
        for (Thread client : clients) {
            if (!client.join(PATIENCE.plusSeconds(10))) {
                throw new IllegalStateException("a client still waits for its answer");
            }
        }
    }

    /** Sends an order once more, under its key, until the answer tells for certain what became of it. */
    public Reply settle(Order order, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        int instance = 0;
        Reply reply = send(applications.getFirst(), order);
        while (!(reply instanceof Reply.Done || reply instanceof Reply.Refused) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            reply = send(applications.get(++instance % applications.size()), order);
        }
        return reply;
    }

    @Override
    public void close() {
        stopped = true;
        applications.forEach(Http::close);
    }

    private void call(Http application, List<Long> among) {
        var random = new Random(ThreadLocalRandom.current().nextLong());
        while (!stopped) {
            Reply reply = send(application, next(random, among));
            if (!(reply instanceof Reply.Done || reply instanceof Reply.Refused)) {
                try {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MS + random.nextInt(PAUSE_MS));
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    private static Order next(RandomGenerator random, List<Long> accounts) {
        int from = random.nextInt(accounts.size());
        int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
        return new Order(UUID.randomUUID().toString(), accounts.get(from), accounts.get(to), 1 + random.nextInt(MOST));
    }

    private Reply send(Http application, Order order) {
        Reply reply;
        try {
            reply = Reply.of(application.post("/api/v1/transfers", order.key(), order.json()));
        } catch (HttpTimeoutException e) {
            reply = new Reply.Unexpected("no answer in " + PATIENCE.toSeconds() + " s");
        } catch (ConnectException e) {
            reply = new Reply.Denied("not reached");
        } catch (IOException e) {
            reply = new Reply.Doubtful("lost");
        }
        journal.add(new Attempt(order, System.nanoTime(), reply));
        return reply;
    }
}
