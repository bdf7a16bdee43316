package dev.basalt.benchmarks.run;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables of what was measured, as Markdown: printed as they come, and kept in a file. Not thread-safe. */
public final class Report {

    private final PrintStream out;
    private final List<String> lines = new ArrayList<>();

    public Report(PrintStream out) {
        this.out = out;
    }

    /** Begins a part. */
    public void section(String title) {
        space();
        line("## " + title);
        space();
    }

    /** A sentence beside the tables. */
    public void note(String sentence) {
        space();
        line(sentence);
        space();
    }

    /** Begins a table. */
    public void header(String... columns) {
        space();
        row(columns);
        line("| --- ".repeat(columns.length) + "|");
    }

    /** One row of the table that was begun last. */
    public void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    /** Keeps all of it in a file. */
    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty line, unless there is one. */
    private void space() {
        if (lines.isEmpty() || !lines.getLast().isEmpty()) {
            line("");
        }
    }

    private void line(String text) {
        lines.add(text);
        out.println(text);
    }
}
