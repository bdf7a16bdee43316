/**
 * What all HTTP interfaces share: problem documents (RFC 9457) for everything that goes wrong, strict readers of bodies
 * and query parameters that collect every fault, pages, and the request's id.
 */
@NullMarked
package dev.basalt.app.http;

import org.jspecify.annotations.NullMarked;
