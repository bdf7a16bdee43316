package dev.basalt.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.chaos.application.Application;
import dev.basalt.chaos.database.Database;
import dev.basalt.chaos.database.Waiting;
import dev.basalt.chaos.judge.Findings;
import dev.basalt.chaos.judge.Measures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What must be back to where it was when the clients have gone.
 *
 * @param threadsBefore how many threads each instance had under load before the fault, or -1 if unknown
 * @param measures of the fault
 */
record Aftermath(List<Integer> threadsBefore, Measures measures) {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** For timers, compilers and carriers that come and go. */
    private static final int MORE_THREADS = 10;

    void judge(List<Application> applications, Database database, Findings findings) {
        for (int i = 0; i < applications.size(); i++) {
            Application application = applications.get(i);
            int before = threadsBefore.get(i);
            findings.require(
                    Waiting.until(PATIENCE, () -> isIdle(application)),
                    "connections are still lent out: %s".formatted(describe(application)));
            findings.require(
                    before < 0
                            || Waiting.until(
                                    PATIENCE, () -> application.threads().orElse(0) <= before + MORE_THREADS),
                    "there are %d threads, there were %d"
                            .formatted(application.threads().orElse(-1), before));
            database.secrets()
                    .forEach(secret -> findings.require(
                            !application.log().contains(secret), "the log of the application has the password"));
        }
        findings.require(
                Waiting.until(PATIENCE, () -> database.leftovers().isEmpty()),
                "left behind: %s".formatted(database.leftovers()));
    }

    private static boolean isIdle(Application application) {
        try {
            JsonNode pool = application.pool();
            return pool.path("active_connections").asInt(-1) == 0
                    && pool.path("waiting").asInt(-1) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String describe(Application application) {
        try {
            JsonNode pool = application.pool();
            return "%s active, %s waiting".formatted(pool.path("active_connections"), pool.path("waiting"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
