package dev.basalt.adapters.postgres;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
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
        known.add("require_auth", PGProperty.REQUIRE_AUTH);
        known.add("search_path", PGProperty.CURRENT_SCHEMA);
        known.add("sslcert", PGProperty.SSL_CERT);
        known.add("sslkey", PGProperty.SSL_KEY);
        known.add(
                "sslmode",
                PGProperty.SSL_MODE,
                oneOf("disable", "allow", "prefer", "require", "verify-ca", "verify-full"));
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
        known.add("binaryTransfer", PGProperty.BINARY_TRANSFER);
        known.add("cancelSignalTimeout", PGProperty.CANCEL_SIGNAL_TIMEOUT, UrlParameter::seconds);
        known.add("channelBinding", PGProperty.CHANNEL_BINDING);
        known.add("connectTimeout", PGProperty.CONNECT_TIMEOUT, UrlParameter::seconds);
        known.add("currentSchema", PGProperty.CURRENT_SCHEMA);
        known.add("defaultRowFetchSize", PGProperty.DEFAULT_ROW_FETCH_SIZE);
        known.add("gssEncMode", PGProperty.GSS_ENC_MODE);
        known.add("hostRecheckSeconds", PGProperty.HOST_RECHECK_SECONDS, UrlParameter::seconds);
        known.add("kerberosServerName", PGProperty.KERBEROS_SERVER_NAME);
        known.add("loadBalanceHosts", PGProperty.LOAD_BALANCE_HOSTS, oneOf("false", "true"));
        known.add("prepareThreshold", PGProperty.PREPARE_THRESHOLD);
        known.add("reWriteBatchedInserts", PGProperty.REWRITE_BATCHED_INSERTS, oneOf("false", "true"));
        known.add("requireAuth", PGProperty.REQUIRE_AUTH);
        known.add("ssl", PGProperty.SSL, oneOf("false", "true"));
        known.add("sslNegotiation", PGProperty.SSL_NEGOTIATION, oneOf("postgres", "direct"));
        known.add("stringtype", PGProperty.STRING_TYPE, oneOf("varchar", "unspecified"));
        known.add("targetServerType", PGProperty.TARGET_SERVER_TYPE);
        known.add("tcpKeepAlive", PGProperty.TCP_KEEP_ALIVE, oneOf("false", "true"));
        return Collections.unmodifiableSortedMap(known.parameters);
    }

    /** The parameter of this name. */
    static UrlParameter named(String name) {
        UrlParameter parameter = KNOWN.get(name);
        if (parameter == null) {
            var known = new TreeSet<>(KNOWN.keySet());
            known.addAll(PostgresUrl.PLACE);
            throw new IllegalArgumentException(
                    "parameter '" + name + "' is not known; known are " + String.join(", ", known));
        }
        return parameter;
    }

    /** The driver's property for a parameter's value. */
    String translated(String value) {
        return translation.apply(name, value);
    }

    private static Translation oneOf(String... allowed) {
        var values = new TreeMap<String, String>();
        for (String value : allowed) {
            values.put(value, value);
        }
        return oneOf(values);
    }

    private static Translation oneOf(Map<String, String> allowed) {
        return (name, value) -> {
            String translated = allowed.get(value);
            if (translated == null) {
                throw notAllowed(name, value, String.join(", ", new TreeMap<>(allowed).keySet()) + " are allowed");
            }
            return translated;
        };
    }

    private static String seconds(String name, String value) {
        if (!value.matches("0*[1-9][0-9]{0,5}")) {
            throw notAllowed(name, value, "whole seconds, at least 1, are allowed");
        }
        return value;
    }

    /** The server's limit on a statement's time is a setting of the pool, which must not be contradicted here. */
    private static String options(String name, String value) {
        if (value.contains("statement_timeout")) {
            throw notAllowed(name, value, "statement_timeout is the pool's query time-out, and set there");
        }
        return value;
    }

    private static IllegalArgumentException notAllowed(String name, String value, String allowed) {
        return new IllegalArgumentException("parameter '" + name + "' is '" + value + "': " + allowed);
    }

    /** Turns a parameter's value into the driver's, or fails with an {@link IllegalArgumentException}. */
    @FunctionalInterface
    interface Translation {
        String apply(String name, String value);
    }

    private static final class Table {
        private final SortedMap<String, UrlParameter> parameters = new TreeMap<>();

        void add(String name, PGProperty property) {
            add(name, property, (n, value) -> value);
        }

        void add(String name, PGProperty property, Translation translation) {
            parameters.put(name, new UrlParameter(name, property, translation));
        }
    }
}
