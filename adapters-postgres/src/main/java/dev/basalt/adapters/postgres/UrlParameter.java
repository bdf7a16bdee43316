package dev.basalt.adapters.postgres;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postgresql.PGProperty;

/**
 * A parameter that a URL may have: one of libpq's, translated to the driver's property, or one of the driver's own.
 *
 * <p>Source: the PostgreSQL 18 manual, section 32.1.2, and {@link PGProperty}. Left out is what the driver cannot do
 * ({@code hostaddr}, {@code passfile}, {@code sslcrl}, …) and what the pool's own settings decide ({@code
 * socketTimeout}, {@code preparedStatementCacheQueries}, {@code queryTimeout}).
 *
 * @param name its name in the URL
 * @param property the driver's property
 * @param translation turns its value into the driver's
 */
record UrlParameter(String name, PGProperty property, Translation translation) {

    /** From the one that protects least to the one that protects most. */
    static final List<String> SSL_MODES = List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /** By name; those that say where the database is are read by {@link PostgresUrl} and not among them. */
    private static final SortedMap<String, UrlParameter> KNOWN = known();

    private static SortedMap<String, UrlParameter> known() {
        var known = new Table();
        // libpq's
        known.add("application_name", PGProperty.APPLICATION_NAME);
        known.add("channel_binding", PGProperty.CHANNEL_BINDING);
        known.add("connect_timeout", PGProperty.CONNECT_TIMEOUT, UrlParameter::seconds);
        known.add("gssencmode", PGProperty.GSS_ENC_MODE);
        known.add("keepalives", PGProperty.TCP_KEEP_ALIVE, oneOf(Map.of("0", "false", "1", "true")));
        known.add("krbsrvname", PGProperty.KERBEROS_SERVER_NAME);
        known.add(
                "load_balance_hosts",
                PGProperty.LOAD_BALANCE_HOSTS,
                oneOf(Map.of("disable", "false", "random", "true")));
        known.add("options", PGProperty.OPTIONS, UrlParameter::options);
        known.add("require_auth", PGProperty.REQUIRE_AUTH, UrlParameter::authenticationMethods);
        known.add("search_path", PGProperty.CURRENT_SCHEMA, SearchPath::checked);
        known.add("sslcert", PGProperty.SSL_CERT);
        known.add("sslkey", PGProperty.SSL_KEY);
        known.add("sslmode", PGProperty.SSL_MODE, oneOf(SSL_MODES.toArray(String[]::new)));
        known.add("sslnegotiation", PGProperty.SSL_NEGOTIATION, oneOf("postgres", "direct"));
        known.add("sslpassword", PGProperty.SSL_PASSWORD);
        known.add("sslrootcert", PGProperty.SSL_ROOT_CERT);
        known.add(
                "target_session_attrs",
                PGProperty.TARGET_SERVER_TYPE,
                oneOf(Map.of(
                        "any", "any",
                        "primary", "primary",
                        "read-write", "primary",
                        "standby", "secondary",
                        "read-only", "secondary",
                        "prefer-standby", "preferSecondary")));
        // The driver's own
        known.add("ApplicationName", PGProperty.APPLICATION_NAME);
        known.add("binaryTransfer", PGProperty.BINARY_TRANSFER, oneOf("false", "true"));
        known.add("cancelSignalTimeout", PGProperty.CANCEL_SIGNAL_TIMEOUT, UrlParameter::seconds);
        known.add("channelBinding", PGProperty.CHANNEL_BINDING);
        known.add("connectTimeout", PGProperty.CONNECT_TIMEOUT, UrlParameter::seconds);
        known.add("currentSchema", PGProperty.CURRENT_SCHEMA, SearchPath::checked);
        known.add("defaultRowFetchSize", PGProperty.DEFAULT_ROW_FETCH_SIZE, UrlParameter::wholeNumber);
        known.add("gssEncMode", PGProperty.GSS_ENC_MODE);
        known.add("hostRecheckSeconds", PGProperty.HOST_RECHECK_SECONDS, UrlParameter::seconds);
        known.add("kerberosServerName", PGProperty.KERBEROS_SERVER_NAME);
        known.add("loadBalanceHosts", PGProperty.LOAD_BALANCE_HOSTS, oneOf("false", "true"));
        known.add("prepareThreshold", PGProperty.PREPARE_THRESHOLD, UrlParameter::wholeNumber);
        known.add("reWriteBatchedInserts", PGProperty.REWRITE_BATCHED_INSERTS, oneOf("false", "true"));
        known.add("requireAuth", PGProperty.REQUIRE_AUTH, UrlParameter::authenticationMethods);
        known.add("ssl", PGProperty.SSL, oneOf("false", "true"));
        known.add("sslNegotiation", PGProperty.SSL_NEGOTIATION, oneOf("postgres", "direct"));
        known.add("stringtype", PGProperty.STRING_TYPE, oneOf("varchar", "unspecified"));
        known.add("targetServerType", PGProperty.TARGET_SERVER_TYPE);
        known.add("tcpKeepAlive", PGProperty.TCP_KEEP_ALIVE, oneOf("false", "true"));
        return Collections.unmodifiableSortedMap(known.parameters);
    }

    /** The parameter of this name. */
    static Optional<UrlParameter> find(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }

    /** The names of all parameters that a URL may have. */
    static SortedSet<String> names() {
        var names = new TreeSet<>(KNOWN.keySet());
        names.addAll(PostgresUrl.PLACE);
        return names;
    }

    /** The driver's property for a value; an {@link IllegalArgumentException} says what is allowed instead. */
    String translated(String value) {
        return translation.apply(value);
    }

    private static Translation oneOf(String... allowed) {
        var values = new TreeMap<String, String>();
        for (String value : allowed) {
            values.put(value, value);
        }
        return oneOf(values);
    }

    private static Translation oneOf(Map<String, String> allowed) {
        return value -> {
            String translated = allowed.get(value);
            if (translated == null) {
                throw notAllowed(value, String.join(", ", new TreeMap<>(allowed).keySet()) + " are allowed");
            }
            return translated;
        };
    }

    private static String seconds(String value) {
        if (!value.matches("0*[1-9][0-9]{0,5}")) {
            throw notAllowed(value, "whole seconds, at least 1, are allowed");
        }
        return value;
    }

    private static String wholeNumber(String value) {
        if (!value.matches("-?[0-9]{1,9}")) {
            throw notAllowed(value, "a whole number is allowed");
        }
        return value;
    }

    private static String authenticationMethods(String value) {
        List<String> methods = Arrays.asList(value.split(",", -1));
        List<String> known = List.of(Objects.requireNonNull(PGProperty.REQUIRE_AUTH.getChoices()));
        if (!known.containsAll(methods)) {
            throw notAllowed(value, String.join(", ", known) + " are allowed, separated by commas");
        }
        return value;
    }

    /** What has a setting of its own must not be contradicted here. */
    private static String options(String value) {
        if (value.contains("statement_timeout")) {
            throw notAllowed(value, "statement_timeout is the pool's query time-out, and set there");
        }
        if (value.contains("idle_in_transaction_session_timeout")) {
            throw notAllowed(
                    value,
                    "idle_in_transaction_session_timeout is the option " + PostgresOptions.IDLE_IN_TRANSACTION_TIMEOUT
                            + ", and set there");
        }
        if (value.contains("client_connection_check_interval")) {
            throw notAllowed(
                    value,
                    "client_connection_check_interval is the option " + PostgresOptions.CLIENT_CHECK_INTERVAL
                            + ", and set there");
        }
        if (value.contains("tcp_user_timeout")) {
            throw notAllowed(value, "tcp_user_timeout follows from the pool's query time-out");
        }
        if (value.contains("search_path")) {
            throw notAllowed(value, "search_path is a parameter of its own");
        }
        return value;
    }

    private static IllegalArgumentException notAllowed(String value, String allowed) {
        return new IllegalArgumentException("is '" + value + "': " + allowed);
    }

    /** Turns a parameter's value into the driver's, or fails with an {@link IllegalArgumentException}. */
    @FunctionalInterface
    interface Translation {
        String apply(String value);
    }

    private static final class Table {
        private final SortedMap<String, UrlParameter> parameters = new TreeMap<>();

        /** With one of the values that the driver takes, or any if it does not list them. */
        void add(String name, PGProperty property) {
            String[] choices = property.getChoices();
            add(name, property, choices == null ? value -> value : oneOf(choices));
        }

        void add(String name, PGProperty property, Translation translation) {
            parameters.put(name, new UrlParameter(name, property, translation));
        }
    }
}
