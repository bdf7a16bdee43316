package dev.basalt.domain.migration;

/** A script was not undone, and nothing has changed; the message names the script and says why. */
public final class RevertRefused extends RuntimeException {

    public RevertRefused(String message) {
        super(message);
    }
}
