/** The packaged application as processes of its own, and HTTP as its clients speak it. */
@NullMarked
package dev.basalt.chaos.application;

import org.jspecify.annotations.NullMarked;
