package dev.basalt.launcher;

/**
 * Ends this process in the orderly way when the one that started it has ended.
 *
 * <p>For the run command: a terminated Maven leaves the processes it started behind, still holding port and database.
 */
final class ParentWatch {
    private ParentWatch() {}

    /** Returns at once; the watching costs no thread of its own. Without a visible parent nothing is watched. */
    static void start() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            var _ = parent.onExit().thenRun(() -> System.exit(0));
        });
    }
}
