package dev.basalt.app.access;

import dev.basalt.app.access.hosts.AllowedHosts;
import dev.basalt.app.access.hosts.Authority;
import dev.basalt.app.http.CommonHeaders;
import dev.basalt.app.http.Problem;
import dev.basalt.app.http.ProblemCode;
import dev.basalt.app.http.Quoted;
import dev.basalt.app.settings.Settings;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.netty.NettyHttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets browsers in from the service's own pages only. What another page makes a browser send carries a foreign
 * {@code Origin} or {@code Sec-Fetch-Site}; a page whose name was bound to this machine afterwards calls by that name.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(OriginFilter.ORDER)
final class OriginFilter {

    /** Before anybody asks for credentials, behind the common headers. */
    static final int ORDER = CommonHeaders.ORDER + 1;

    private static final Pattern WHOLE_URI = Pattern.compile("(?i:https?)://([^/?#]+)(?:[/?#].*)?");

    private final AllowedHosts allowed;
    private final DenialLog log;

    OriginFilter(Settings settings, DenialLog log) {
        this.allowed = AllowedHosts.of(
                settings.access().allowedHosts(), settings.server().host());
        this.log = log;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        Authority host = host(request);
        if (!allowed.contains(host)) {
            throw denied(request, "the service is not called " + Quoted.of(host.name()));
        }
        List<String> origins = request.getHeaders().getAll(HttpHeaders.ORIGIN);
        String own = scheme(request) + "://" + host;
        if (!origins.stream().allMatch(origin -> isSame(origin, scheme(request), host))) {
            throw denied(request, "the page is from another origin than " + Quoted.of(own));
        }
        if (isForeign(request)) {
            throw denied(request, "another site's page made this request");
        }
    }

    private static Authority host(HttpRequest<?> request) {
        List<String> hosts = request.getHeaders().getAll(HttpHeaders.HOST);
        if (hosts.size() != 1) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "there are " + hosts.size() + " Host headers: one is needed");
        }
        Authority host = Authority.parse(hosts.getFirst())
                .orElseThrow(() -> Problem.of(ProblemCode.BAD_REQUEST, "the Host header is not valid"));
        if (!isFor(request, host)) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "the request line names another host than the Host header");
        }
        return host;
    }

    /** A request line may have the whole URI, which the framework cuts down to the path. */
    private static boolean isFor(HttpRequest<?> request, Authority host) {
        String target = request instanceof NettyHttpRequest<?> netty
                ? netty.getNativeRequest().uri()
                : request.getUri().toString();
        Matcher whole = WHOLE_URI.matcher(target);
        return target.startsWith("/")
                || (whole.matches() && Authority.parse(whole.group(1)).equals(Optional.of(host)));
    }

    /** As the browser sees it: what stands in front of the service may have taken the encryption off. */
    private static String scheme(HttpRequest<?> request) {
        return request.isSecure() || "https".equals(request.getHeaders().get("X-Forwarded-Proto")) ? "https" : "http";
    }

    private static boolean isSame(String origin, String scheme, Authority host) {
        String prefix = scheme + "://";
        int port = scheme.equals("https") ? 443 : 80;
        return origin.startsWith(prefix)
                && Authority.parse(origin.substring(prefix.length()))
                        .filter(page -> page.withPort(port).equals(host.withPort(port)))
                        .isPresent();
    }

    /** Following a link is no harm; everything else that another site's page starts is refused. */
    private static boolean isForeign(HttpRequest<?> request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site == null || site.equals("same-origin") || site.equals("none")) {
            return false;
        }
        boolean reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        return !reads || !"navigate".equals(request.getHeaders().get("Sec-Fetch-Mode"));
    }

    private Problem denied(HttpRequest<?> request, String reason) {
        log.denied(request, reason);
        return Problem.of(ProblemCode.FORBIDDEN, reason);
    }
}
