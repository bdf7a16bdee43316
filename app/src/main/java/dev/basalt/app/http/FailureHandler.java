package dev.basalt.app.http;

import dev.basalt.app.logging.Seldom;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what a request threw, and logs what its caller cannot put right. */
@Singleton
final class FailureHandler implements ExceptionHandler<Throwable, HttpResponse<ProblemJson>> {

    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    /** What is so for a while, and for everybody: the database is gone, or takes no writes. */
    private static final Set<ProblemCode> STANDING =
            EnumSet.of(ProblemCode.UNAVAILABLE, ProblemCode.CIRCUIT_OPEN, ProblemCode.READ_ONLY);

    /** A pool that is full turns away thousands in a second. */
    private final Seldom exhausted = new Seldom(System::nanoTime);

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<ProblemJson> handle(HttpRequest request, Throwable thrown) {
        Optional<Problem> known = Failures.problem(thrown);
        Problem problem = known.orElseGet(Failures::internal);
        if (isHangUp(thrown)) {
            LOG.info("request {}: {} was broken off by its caller", RequestId.of(request), place(request));
        } else if (problem.code() == ProblemCode.INTERNAL) {
            LOG.error("request {}: {} failed", RequestId.of(request), place(request), thrown);
        } else if (problem.code() == ProblemCode.POOL_EXHAUSTED) {
            exhausted
                    .pass()
                    .ifPresent(others -> LOG.warn(
                            "request {}: {} answered {}{}: {}",
                            RequestId.of(request),
                            place(request),
                            problem.code().code(),
                            others == 0 ? "" : ", and " + others + " requests likewise since the last such line",
                            Quoted.plain(String.valueOf(thrown.getMessage()))));
        } else if (STANDING.contains(problem.code())) {
            // Logged once, where it is noticed, and not for each request that meets it.
            LOG.debug(
                    "request {}: {} answered {}",
                    RequestId.of(request),
                    place(request),
                    problem.code().code());
        } else if (problem.code().status() >= 500) {
            LOG.warn(
                    "request {}: {} answered {}: {}",
                    RequestId.of(request),
                    place(request),
                    problem.code().code(),
                    Quoted.plain(String.valueOf(thrown.getMessage())));
        }
        return ProblemResponses.of(request, problem);
    }

    /** Adapters translate what becomes of their connections, so this one is the caller's; the answer reaches nobody. */
    private static boolean isHangUp(Throwable thrown) {
        return thrown instanceof SocketException
                || thrown instanceof EOFException
                || thrown instanceof ClosedChannelException;
    }

    private static String place(HttpRequest<?> request) {
        return Quoted.plain(request.getMethodName() + " " + request.getPath());
    }
}
