/** Where settings are given: arguments, system properties, the environment, {@code .env}, files, the shipped profiles. */
@NullMarked
package dev.basalt.app.settings.source;

import org.jspecify.annotations.NullMarked;
