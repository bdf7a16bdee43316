package dev.basalt.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements a connection is not given back after. */
final class SqliteSessionChangesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRAGMA cache_size = 1",
                "PRAGMA foreign_keys(0)",
                "/* a */ PRAGMA main . cache_size=1",
                "-- a\nPRAGMA query_only = ON",
                "SELECT 1; PRAGMA recursive_triggers = 1",
                "ATTACH 'x.db' AS x",
                "DETACH x",
                "CREATE TEMP TABLE t (id)",
                "CREATE TEMPORARY TRIGGER t AFTER INSERT ON item BEGIN DELETE FROM item; END",
                "CREATE TABLE temp.t (id)",
                "CREATE TABLE IF NOT EXISTS \"temp\".t (id)"
            })
    void what_outlasts_the_transaction_does(String sql) {
        assertThat(SqliteSessionChanges.in(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1",
                "SELECT 'PRAGMA cache_size = 1; ATTACH x'",
                "PRAGMA cache_size",
                "PRAGMA table_info(item)",
                "PRAGMA main.index_list('item')",
                "PRAGMA integrity_check",
                "PRAGMA wal_checkpoint(TRUNCATE)",
                "PRAGMA main.incremental_vacuum(10)",
                "PRAGMA optimize(0xfffe)",
                "SELECT * FROM pragma_table_info('item')",
                "CREATE TABLE temperature (id)",
                "CREATE TABLE t (temp INT)",
                "UPDATE item SET id = 1",
                "SAVEPOINT basalt_1"
            })
    void what_ends_with_the_transaction_does_not(String sql) {
        assertThat(SqliteSessionChanges.in(sql)).isFalse();
    }
}
