package dev.basalt.app.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.basalt.contract.TestDatabase#installed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter before anything else
class LedgerBadInputTest {

    private static final String LONG = "x".repeat(501);

    @Parameter
    private TestDatabase database;

    private RunningApplication application;

    @BeforeParameterizedClassInvocation
    void start() {
        application = RunningApplication.on(database.create());
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @AfterEach
    void nothing_was_written() {
        assertThat(application.number(database, "SELECT COUNT(*) FROM entries")).isZero();
        assertThat(application.number(database, "SELECT COUNT(*) FROM accounts"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                | owner,currency
            {"owner":null,"currency":null}                                    | owner,currency
            {"owner":"","currency":"EUR"}                                     | owner
            {"owner":"  ","currency":"EUR"}                                   | owner
            {"owner":"LONG","currency":"EUR"}                                 | owner
            {"owner":"a\\u0000b","currency":"EUR"}                            | owner
            {"owner":"a\\nb","currency":"EUR"}                                | owner
            {"owner":"\\ud800","currency":"EUR"}                              | owner
            {"owner":"a","currency":"eur"}                                    | currency
            {"owner":"a","currency":"ZZZ"}                                    | currency
            {"owner":"a","currency":"EUR; DROP TABLE accounts"}               | currency
            {"owner":7,"currency":true}                                       | owner,currency
            {"owner":["a"],"currency":{"a":1}}                                | owner,currency
            {"owner":"a","currency":"EUR","opening_balance":-1}               | opening_balance
            {"owner":"a","currency":"EUR","opening_balance":"1"}              | opening_balance
            {"owner":"a","currency":"EUR","opening_balance":1.5}              | opening_balance
            {"owner":"a","currency":"EUR","opening_balance":1e2}              | opening_balance
            {"owner":"a","currency":"EUR","opening_balance":9223372036854775808} | opening_balance
            {"owner":"a","currency":"EUR","opening_balance":1e999999999}      | opening_balance
            {"owner":"a","currency":"EUR","balance":1,"id":7}                 | balance,id
            {"owner":"","currency":"","opening_balance":-1,"more":1}          | owner,currency,opening_balance,more
            """)
    void every_faulty_field_of_an_account_is_named(String body, String fields) {
        assertFaults(application.post("/api/v1/accounts", body.replace("LONG", LONG)), fields);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                | from_account,to_account,amount
            {"from_account":1,"to_account":1,"amount":1}                      | to_account
            {"from_account":0,"to_account":-1,"amount":0}                     | from_account,to_account,amount
            {"from_account":"1","to_account":"2","amount":"3"}                | from_account,to_account,amount
            {"from_account":1,"to_account":2,"amount":-5}                     | amount
            {"from_account":1,"to_account":2,"amount":0.1}                    | amount
            {"from_account":1,"to_account":2,"amount":99999999999999999999}   | amount
            {"from_account":1,"to_account":2,"amount":null}                   | amount
            {"from_account":1,"to_account":2,"amount":true}                   | amount
            {"from_account":1,"to_account":2,"amount":1,"description":5}      | description
            {"from_account":1,"to_account":2,"amount":1,"description":"LONG"} | description
            {"from_account":1,"to_account":2,"amount":1,"description":"\\u0007"} | description
            {"from_account":1,"to_account":2,"amount":1,"currency":"EUR"}     | currency
            {"from_account":1,"to_account":1,"amount":0,"x":1,"description":1} | amount,description,to_account,x
            """)
    void every_faulty_field_of_a_transfer_is_named(String body, String fields) {
        assertFaults(application.post("/api/v1/transfers", body.replace("LONG", LONG)), fields);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void what_is_no_json_object_is_refused(String body) {
        for (String path : List.of("/api/v1/accounts", "/api/v1/transfers")) {
            Answer answer = application.post(path, body);

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("bad_request");
        }
    }

    static List<String> bodies() {
        return List.of(
                "",
                "  ",
                "{",
                "null",
                "[]",
                "\"text\"",
                "5",
                "{} {}",
                "{\"owner\":\"a\",\"owner\":\"b\",\"currency\":\"EUR\"}",
                "{\"owner\":\"a\u0001b\",\"currency\":\"EUR\"}",
                "{'owner':'a'}",
                "[".repeat(100_000),
                "{\"a\":".repeat(20_000));
    }

    @Test
    void broken_utf_8_is_refused() {
        byte[] body = "{\"owner\":\"?\",\"currency\":\"EUR\"}".getBytes(StandardCharsets.UTF_8);
        body[10] = (byte) 0xff;

        Answer answer = application.post("/api/v1/accounts", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad_request");
    }

    @Test
    void a_key_that_cannot_be_one_is_named_with_the_faults_of_the_body() {
        for (String key : List.of("x".repeat(256), "a\tb")) {
            Answer answer = application.post("/api/v1/transfers", "{}", "Idempotency-Key", key);

            assertFaults(answer, "from_account,to_account,amount,Idempotency-Key");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            page=abc                    | page
            page=1.5                    | page
            page=-1                     | page
            page=0                      | page
            page=99999999999            | page
            page=99999999999999999999   | page
            page=                       | page
            page=1&page=2               | page
            page_size=0                 | page_size
            page_size=1001              | page_size
            page_size=ten               | page_size
            total=yes                   | total
            page=x&page_size=y&total=z  | page,page_size,total
            page=%D9%A1                 | page
            """)
    void every_faulty_query_parameter_is_named(String query, String fields) {
        assertFaults(application.get("/api/v1/accounts?" + query), fields);
        assertFaults(application.get("/api/v1/accounts/1/entries?" + query), fields);
    }

    @Test
    void unknown_query_parameters_are_ignored() {
        assertThat(application.get("/api/v1/accounts?pages=x").status()).isEqualTo(200);
    }

    private static void assertFaults(Answer answer, String fields) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad_request");
        assertThat(answer.json().path("errors").findValuesAsText("field"))
                .as(answer.text())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(fields.split(",", -1)));
        assertThat(answer.json().path("errors").findValuesAsText("message"))
                .allSatisfy(message -> assertThat(message).startsWith("is ").hasSizeLessThan(250));
    }
}
