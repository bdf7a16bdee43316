/** Hosts: what a service may be called, and which of them are this machine only. */
@NullMarked
package dev.basalt.app.access.hosts;

import org.jspecify.annotations.NullMarked;
