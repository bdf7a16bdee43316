package dev.basalt.app.access.credentials;

import dev.basalt.app.access.Caller;
import dev.basalt.app.access.DenialLog;
import dev.basalt.app.access.credentials.Credentials.Basic;
import dev.basalt.app.access.credentials.Credentials.Bearer;
import dev.basalt.app.http.Problem;
import dev.basalt.app.http.ProblemCode;
import dev.basalt.app.settings.AccessSettings;
import dev.basalt.app.settings.Settings;
import dev.basalt.domain.settings.Secret;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import io.micronaut.security.token.TokenAuthenticationFetcher;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Finds out who makes a request. Where nobody can prove who they are, it is the local administrator: the settings are
 * refused unless the service is then reached from its own machine only.
 *
 * <p>Credentials that prove nothing end the request with 401, also on a route that is open to everybody: whoever sends
 * them believes to be somebody.
 *
 * <p>The framework's own fetcher of tokens is replaced, not merely unused: it logs the headers that it does not understand.
 */
@Singleton
@Replaces(TokenAuthenticationFetcher.class)
final class CallerFetcher implements AuthenticationFetcher<HttpRequest<?>> {

    private final boolean configured;
    private final @Nullable Passwords passwords;
    private final @Nullable Tokens tokens;
    private final DenialLog log;
    private final ExecutorService threads;

    CallerFetcher(Settings settings, DenialLog log, @Named(TaskExecutors.VIRTUAL) ExecutorService threads) {
        AccessSettings access = settings.access();
        Path usersFile = access.usersFile();
        Secret jwtSecret = access.jwtSecret();
        this.configured = access.configured();
        this.passwords = usersFile == null ? null : new Passwords(new LiveUsers(usersFile));
        this.tokens = jwtSecret == null ? null : new Tokens(jwtSecret, access);
        this.log = log;
        this.threads = threads;
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        if (!configured) {
            return Publishers.just(Caller.LOCAL.authentication());
        }
        List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.isEmpty()) {
            return Publishers.empty();
        }
        // Files are read and passwords compared: nothing for the event loop.
        return new AsyncSingleResultPublisher<>(threads, () -> caller(request, headers));
    }

    /** Nothing for who is known but has no role: that one is like everybody, but for the refusal's status. */
    private @Nullable Authentication caller(HttpRequest<?> request, List<String> headers) {
        Caller caller;
        try {
            if (headers.size() > 1) {
                throw new Refused("more than one Authorization header");
            }
            caller = switch (Credentials.parse(headers.getFirst())
                    .orElseThrow(() -> new Refused("the Authorization header is neither Basic nor Bearer"))) {
                case Basic basic -> user(basic);
                case Bearer(var token) -> bearer(token);
            };
        } catch (Refused e) {
            log.denied(request, String.valueOf(e.getMessage()));
            throw Problem.of(ProblemCode.UNAUTHENTICATED, "the credentials are not valid");
        }
        if (caller.role() == null) {
            caller.withoutRole(request);
            return null;
        }
        return caller.authentication();
    }

    private Caller user(Basic given) throws Refused {
        if (passwords == null) {
            throw new Refused("there are no users");
        }
        return passwords
                .check(given.name(), given.password())
                .map(user -> new Caller(user.name(), user.role()))
                .orElseThrow(() -> new Refused("wrong name or password"));
    }

    private Caller bearer(String token) throws Refused {
        if (tokens == null) {
            throw new Refused("no tokens are accepted");
        }
        return tokens.read(token);
    }

    @PreDestroy
    void close() {
        if (passwords != null) {
            passwords.close();
        }
    }
}
