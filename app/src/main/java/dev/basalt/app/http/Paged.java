package dev.basalt.app.http;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the query parameters of a page. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(name = "page", in = ParameterIn.QUERY, ref = "#/components/parameters/page")
@Parameter(name = "page_size", in = ParameterIn.QUERY, ref = "#/components/parameters/page_size")
@Parameter(name = "total", in = ParameterIn.QUERY, ref = "#/components/parameters/total")
public @interface Paged {}
