package dev.basalt.app.http.migrations;

import dev.basalt.app.http.BodyReader;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;

/**
 * Where a history begins.
 *
 * @param version the version up to which scripts count as applied, such as 3 or 1.2
 * @param description what the entry says, up to 200 characters
 */
@Schema(name = "Baseline", requiredProperties = "version")
record BaselineJson(String version, String description) {

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}(?:[._][0-9]{1,18}){0,9}");
    private static final int LONGEST_DESCRIPTION = 200;
    private static final String DESCRIPTION = "baseline";

    static BaselineJson read(byte[] bytes) {
        var body = new BodyReader(bytes);
        String version = body.code(
                "version",
                "numbers with dots between them, such as 3 or 1.2",
                value -> VERSION.matcher(value).matches());
        String description = body.text("description", LONGEST_DESCRIPTION, DESCRIPTION);
        body.check();
        return new BaselineJson(version, description);
    }
}
