/** The command line: what the jar does beside serving, each as a subcommand with an exit code for pipelines. */
@NullMarked
package dev.basalt.app.command;

import org.jspecify.annotations.NullMarked;
