package dev.basalt.app.http.docs;

import dev.basalt.app.access.Roles;
import io.micronaut.core.io.ResourceLoader;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Serves the OpenAPI document, made from the code when it is compiled, and the page that shows it. */
@Controller
@Hidden
@ExecuteOn(TaskExecutors.VIRTUAL)
@Secured(Roles.EVERYBODY)
final class DocumentationController {

    private static final String YAML = "application/yaml";

    private final ResourceLoader resources;

    DocumentationController(ResourceLoader resources) {
        this.resources = resources;
    }

    @Get("/openapi.yml")
    @Produces(YAML)
    HttpResponse<byte[]> openApi() {
        return resource("META-INF/swagger/openapi.yml", YAML);
    }

    /** The page's script and styles are static resources below {@code /docs/}. */
    @Get("/docs")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> docs() {
        return resource("docs/index.html", MediaType.TEXT_HTML);
    }

    private HttpResponse<byte[]> resource(String path, String mediaType) {
        try (InputStream in = resources
                .getResourceAsStream("classpath:" + path)
                .orElseThrow(() -> new IllegalStateException(path + " was not built in"))) {
            return HttpResponse.ok(in.readAllBytes()).contentType(mediaType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
