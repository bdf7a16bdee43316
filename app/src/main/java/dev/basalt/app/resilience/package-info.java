/**
 * What stands between the use cases and a pool's transactions: the circuit breaker, the retries, and who is told of them.
 */
@NullMarked
package dev.basalt.app.resilience;

import org.jspecify.annotations.NullMarked;
