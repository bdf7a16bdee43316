package dev.basalt.app.access.credentials;

/** Credentials that prove nothing; the message says why, for the log and not for the caller. */
final class Refused extends Exception {
    Refused(String reason) {
        super(reason, null, false, false);
    }
}
