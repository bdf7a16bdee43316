package dev.basalt.adapters.jdbc.migration;

import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;

/** Remembers which script Flyway runs and which of its statements failed: its exceptions tell it only in their text. */
final class RunningScript implements Callback {

    private @Nullable String script;
    private @Nullable String failedStatement;

    /** The script that began last, or {@code null} before the first one and once all have succeeded. */
    @Nullable
    String script() {
        return script;
    }

    /** The statement of that script that failed, or {@code null} if none did. */
    @Nullable
    String failedStatement() {
        return failedStatement;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return switch (event) {
            case BEFORE_EACH_MIGRATE, AFTER_EACH_MIGRATE_STATEMENT_ERROR, AFTER_MIGRATE -> true;
            default -> false;
        };
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        // Not after each script: then its transaction has yet to commit, which may fail for what the script did.
        switch (event) {
            case BEFORE_EACH_MIGRATE -> began(context.getMigrationInfo().getScript());
            case AFTER_MIGRATE -> began(null);
            default -> failedStatement = context.getStatement().getSql();
        }
    }

    private void began(@Nullable String next) {
        script = next;
        failedStatement = null;
    }

    @Override
    public String getCallbackName() {
        return "running script";
    }
}
