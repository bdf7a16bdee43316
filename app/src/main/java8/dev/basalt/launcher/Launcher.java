package dev.basalt.launcher;

import java.lang.reflect.InvocationTargetException;

/**
 * Starts the application, or says in one line which Java is needed.
 *
 * <p>Compiled for release 8: on an older Java the application's own classes end in an
 * {@code UnsupportedClassVersionError} that tells nobody what to do. It therefore must not refer to them.
 */
public final class Launcher {
    private static final int REQUIRED = 25;
    /** Set by the run command, see {@code ParentWatch}. */
    private static final String STOP_WITH_PARENT = "basalt.stop-with-parent";

    private static final String APPLICATION = "dev.basalt.app.Application";

    private Launcher() {}

    public static void main(String[] args) throws Throwable {
        int found = feature(System.getProperty("java.specification.version"));
        if (found < REQUIRED) {
            // No logging here: its libraries may need a newer Java themselves.
            System.err.println("Basalt needs Java " + REQUIRED + " or newer, but this is Java " + found + " at "
                    + System.getProperty("java.home") + ". Set JAVA_HOME to a newer JDK and start its bin/java,"
                    + " or use the run command of the README (./mvnw), which finds an installed one.");
            System.exit(1);
        }
        try {
            if (Boolean.getBoolean(STOP_WITH_PARENT)) {
                Class.forName("dev.basalt.launcher.ParentWatch")
                        .getDeclaredMethod("start")
                        .invoke(null);
            }
            Class.forName(APPLICATION).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            // The application's own failure is the one to show, not the reflective call around it.
            throw e.getCause();
        }
    }

    /** Up to Java 8 the specification version reads 1.8, from 9 on just the number. */
    private static int feature(String version) {
        return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    }
}
