package dev.basalt.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements a connection is not given back after. */
final class PostgresSessionChangesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET search_path = x",
                "set session time zone 'UTC'",
                "SET SESSION AUTHORIZATION someone",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "SET ROLE someone",
                "/* a */ SET /* b /* c */ */ ROLE someone",
                "-- LOCAL\nSET x.y = 1",
                "SELECT 1; SET x.y = 1",
                "RESET ALL",
                "DISCARD TEMP",
                "LISTEN events",
                "UNLISTEN *",
                "LOAD 'auto_explain'",
                "PREPARE p AS SELECT 1",
                "DEALLOCATE ALL",
                "DO $$ BEGIN END $$",
                "CALL something()",
                "{call something()}",
                "{? = call something()}",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                "CREATE TEMP TABLE t (id INT)",
                "CREATE GLOBAL TEMPORARY TABLE t (id INT)",
                "CREATE OR REPLACE TEMP VIEW v AS SELECT 1",
                "CREATE TABLE pg_temp.t (id INT)",
                "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "SELECT 1 AS n INTO TEMP t",
                "SELECT pg_advisory_lock(1)",
                "SELECT pg_try_advisory_lock_shared(1)",
                "SELECT pg_advisory_unlock_all()",
                "SELECT \"set_config\"('x.y', '1', false)",
                "SELECT SET_CONFIG('x.y', '1', false)",
                "SELECT dblink_connect('other', 'dbname=x')",
                "SELECT setseed(0.5)"
            })
    void what_outlasts_the_transaction_does(String sql) {
        assertThat(PostgresSessionChanges.in(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1",
                "SELECT 'SET x = 1; SET y = 2'",
                "UPDATE item SET id = 1",
                "INSERT INTO item VALUES (1) ON CONFLICT DO NOTHING",
                "INSERT INTO temp VALUES (1)",
                "MERGE INTO temp USING item ON temp.id = item.id WHEN MATCHED THEN DO NOTHING",
                "SELECT temp FROM weather",
                "SET LOCAL search_path = x",
                "SET TRANSACTION READ ONLY",
                "SET CONSTRAINTS ALL DEFERRED",
                "SELECT pg_advisory_xact_lock(1)",
                "SELECT pg_try_advisory_xact_lock(1)",
                "DECLARE c CURSOR FOR SELECT 1",
                "DECLARE c CURSOR WITHOUT HOLD FOR SELECT 1",
                "CREATE TABLE t (id INT)",
                "CREATE TABLE t (temp INT) -- TEMP",
                "SAVEPOINT basalt_1",
                "NOTIFY events"
            })
    void what_ends_with_the_transaction_does_not(String sql) {
        assertThat(PostgresSessionChanges.in(sql)).isFalse();
    }
}
