package dev.basalt.app.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document as RFC 9457 describes it, with members of its own.
 *
 * @param type identifies the kind of problem
 * @param title the kind of problem in words
 * @param status the HTTP status
 * @param detail this occurrence in words
 * @param instance the path of the request
 * @param code the kind of problem as a stable word
 * @param requestId the id of the request, under which the log has more
 * @param errors the faults of the request
 * @param sqlState the database's own code
 * @param position where in the statement, in characters from 1
 * @param reasons why the statement is dangerous
 */
@Schema(name = "Problem")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemJson(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        @Nullable List<FieldFault> errors,
        @Nullable String sqlState,
        @Nullable Integer position,
        @Nullable List<String> reasons) {

    public static final String MEDIA_TYPE = "application/problem+json";
}
