package dev.basalt.app.http;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What is wrong with one field, query parameter or header of a request.
 *
 * @param field its name
 * @param message the bad value and what is allowed
 */
@Schema(name = "FieldFault")
public record FieldFault(String field, String message) {}
