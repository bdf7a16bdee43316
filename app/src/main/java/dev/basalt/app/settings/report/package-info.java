/** The configuration that holds, for people: each setting, its value, where it came from and what it overrode. */
@NullMarked
package dev.basalt.app.settings.report;

import org.jspecify.annotations.NullMarked;
