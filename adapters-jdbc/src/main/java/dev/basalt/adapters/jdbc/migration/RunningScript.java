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

    /**
     * No script is to blame for what follows. Not an event after each script, since its transaction has yet to commit; nor
     * Flyway's last one, for which it asks on another connection.
     */
    void allSucceeded() {
        script = null;
        failedStatement = null;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE_STATEMENT_ERROR;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        if (event == Event.BEFORE_EACH_MIGRATE) {
            script = context.getMigrationInfo().getScript();
            failedStatement = null;
        } else {
            failedStatement = context.getStatement().getSql();
        }
    }

    @Override
    public String getCallbackName() {
        return "running script";
    }
}
