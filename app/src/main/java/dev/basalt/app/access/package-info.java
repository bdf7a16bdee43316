/**
 * Who calls, and what they may do: credentials become a caller with a role, every route asks for one, and browsers get
 * in from the service's own pages only.
 */
@NullMarked
package dev.basalt.app.access;

import org.jspecify.annotations.NullMarked;
