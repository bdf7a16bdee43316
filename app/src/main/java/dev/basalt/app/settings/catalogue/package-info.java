/** Every setting, declared once: its names, the form of its values, its default, and what it does. */
@NullMarked
package dev.basalt.app.settings.catalogue;

import org.jspecify.annotations.NullMarked;
