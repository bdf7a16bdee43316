package dev.basalt.app.settings.reading;

/** A user's text made fit for a message: on one line, and not endless. */
final class Shown {

    private static final int LONGEST = 100;

    private Shown() {}

    static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return "'" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + "'";
    }
}
