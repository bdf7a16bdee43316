/** The suite itself, put to the test. */
@NullMarked
package dev.basalt.chaos;

import org.jspecify.annotations.NullMarked;
