package dev.basalt.app.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Turns problems into responses; also those that the framework itself finds with a request. */
@Singleton
@Primary
public final class ProblemResponses implements ErrorResponseProcessor<ProblemJson> {

    /** Every 503 says when to come back; this long where the failure itself does not know. */
    static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(1);

    /** The response to a request that has this problem. */
    public static MutableHttpResponse<ProblemJson> of(HttpRequest<?> request, Problem problem) {
        int status = problem.code().status();
        MutableHttpResponse<ProblemJson> response = HttpResponse.<ProblemJson>status(HttpStatus.valueOf(status))
                .body(document(request, problem, status))
                .contentType(ProblemJson.MEDIA_TYPE);
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, seconds(retryAfter));
        }
        CommonHeaders.addTo(request, response);
        return response;
    }

    /** The framework's errors keep their status and headers (such as {@code Allow}). */
    @Override
    public MutableHttpResponse<ProblemJson> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        if (request.getMethod() == HttpMethod.OPTIONS && response.code() == 405) {
            // The question was just which methods are allowed, and the header answers it.
            MutableHttpResponse<ProblemJson> answer = HttpResponse.noContent();
            response.getHeaders()
                    .getAll(HttpHeaders.ALLOW)
                    .forEach(methods -> answer.header(HttpHeaders.ALLOW, methods));
            return answer;
        }
        int status = status(request, response.code());
        MutableHttpResponse<ProblemJson> answer = response.status(status)
                .body(document(request, problem(context, status), status))
                .contentType(ProblemJson.MEDIA_TYPE);
        CommonHeaders.addTo(request, answer);
        return answer;
    }

    /** The framework calls everything too large that the decoder gave up on, the body or not. */
    private static int status(HttpRequest<?> request, int status) {
        Throwable cause = request instanceof NettyHttpRequest<?> netty
                ? netty.getNativeRequest().decoderResult().cause()
                : null;
        return switch (cause) {
            case TooLongHttpLineException _ -> ProblemCode.URI_TOO_LONG.status();
            case TooLongHttpHeaderException _ -> ProblemCode.HEADERS_TOO_LARGE.status();
            case null, default -> status;
        };
    }

    private static Problem problem(ErrorContext context, int status) {
        HttpRequest<?> request = context.getRequest();
        String place = Quoted.of(request.getMethodName() + " " + request.getPath());
        return switch (status) {
            case 404 -> Problem.of(ProblemCode.NOT_FOUND, "there is nothing at " + Quoted.of(request.getPath()));
            case 405 -> Problem.of(ProblemCode.METHOD_NOT_ALLOWED, place + " is not offered; see Allow");
            case 406 -> Problem.of(ProblemCode.NOT_ACCEPTABLE, message(context, "the Accept header excludes all"));
            case 413 -> Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, message(context, "the body is too large"));
            case 414 -> Problem.of(ProblemCode.URI_TOO_LONG, "the path and query are too long");
            case 431 -> Problem.of(ProblemCode.HEADERS_TOO_LARGE, "the headers are too large");
            case 415 -> Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, message(context, "the body is no JSON"));
            case 503 -> Problem.of(ProblemCode.UNAVAILABLE, "the service is not ready");
            default ->
                status >= 500
                        ? Problem.of(ProblemCode.INTERNAL, "the log has more under the request_id")
                        : Problem.of(ProblemCode.BAD_REQUEST, message(context, "the request cannot be read"));
        };
    }

    private static String message(ErrorContext context, String fallback) {
        return context.getErrors().isEmpty()
                ? fallback
                : Quoted.plain(context.getErrors().getFirst().getMessage());
    }

    private static ProblemJson document(HttpRequest<?> request, Problem problem, int status) {
        Problem.Extras extras = problem.extras();
        String code = problem.code().code();
        return new ProblemJson(
                "urn:basalt:problem:" + code,
                problem.code().title(),
                status,
                problem.detail(),
                request.getPath(),
                code,
                RequestId.of(request),
                extras.errors(),
                extras.sqlState(),
                extras.position(),
                extras.reasons());
    }

    /** Rounded up, as the header takes whole seconds. */
    static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
