package dev.millrace.serving.pgwire;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a connection remembers of its client: settings, and where its transaction stands. Used by one thread. */
final class ClientState {
    static final String SERVER_VERSION = "15.0 (Millrace)";

    /** Settings whose values a client is told of its own accord. */
    private static final Set<String> REPORTED = Set.of(
            "server_version",
            "server_encoding",
            "client_encoding",
            "application_name",
            "is_superuser",
            "session_authorization",
            "datestyle",
            "intervalstyle",
            "timezone",
            "integer_datetimes",
            "standard_conforming_strings",
            "default_transaction_read_only",
            "in_hot_standby");

    private static final Map<String, String> SPELLING =
            Map.of("datestyle", "DateStyle", "intervalstyle", "IntervalStyle", "timezone", "TimeZone");

    private static final Pattern WEST =
            Pattern.compile("(?:GMT|UTC)([+-])(\\d{1,2})(?::?00)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern EAST = Pattern.compile("[+-]?\\d{1,2}");

    enum Transaction {
        NONE('I'),
        OPEN('T'),
        FAILED('E');

        private final char letter;

        Transaction(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }
    }

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> defaults;
    private Transaction transaction = Transaction.NONE;
    private ZoneId zone = ZoneId.of("UTC");

    ClientState(String user, Map<String, String> startup) {
        String[] fixed = {
            "server_version",
            SERVER_VERSION,
            "server_version_num",
            "150000",
            "server_encoding",
            "UTF8",
            "client_encoding",
            "UTF8",
            "application_name",
            "",
            "is_superuser",
            "off",
            "session_authorization",
            user,
            "datestyle",
            "ISO, MDY",
            "intervalstyle",
            "postgres",
            "timezone",
            "UTC",
            "integer_datetimes",
            "on",
            "standard_conforming_strings",
            "on",
            "default_transaction_read_only",
            "on",
            "transaction_read_only",
            "on",
            "in_hot_standby",
            "off",
            "transaction_isolation",
            "read committed",
            "default_transaction_isolation",
            "read committed",
            "search_path",
            "main",
            "max_identifier_length",
            "63",
            "max_index_keys",
            "32",
            "extra_float_digits",
            "1",
            "bytea_output",
            "hex",
            "statement_timeout",
            "0",
            "lc_collate",
            "C",
            "lc_ctype",
            "C",
            "lc_messages",
            "C",
            "client_min_messages",
            "notice",
            "ssl",
            "off",
            "row_security",
            "on",
        };
        for (int i = 0; i < fixed.length; i += 2) {
            settings.put(fixed[i], fixed[i + 1]);
        }
        startup.forEach((name, value) -> {
            if (!Set.of("user", "database", "options", "replication").contains(name) && !name.startsWith("_pq_.")) {
                set(name, value);
            }
        });
        defaults = Map.copyOf(settings);
    }

    /** The settings a client is told at the start, as it knows their names. */
    Map<String, String> reported() {
        Map<String, String> reported = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            if (REPORTED.contains(name)) {
                reported.put(SPELLING.getOrDefault(name, name), value);
            }
        });
        return reported;
    }

    Map<String, String> all() {
        return settings;
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(settings.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * Sets any name: tools set many, and none of them changes what a query means but the time zone.
     *
     * @return whether the client is to be told, under the name it knows
     */
    Optional<String> set(String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        String kept = value;
        switch (key) {
            case "timezone" -> {
                zone = zone(value);
                kept = zone.getId();
            }
            case "client_encoding" -> {
                String encoding = value.toUpperCase(Locale.ROOT).replace("-", "");
                if (!Set.of("UTF8", "UNICODE", "SQL_ASCII").contains(encoding)) {
                    throw new SqlError("22023", "texts are sent in UTF8, not in " + value);
                }
                kept = "UTF8";
            }
            case "datestyle" -> kept = "ISO, MDY";
            case "server_version", "server_version_num", "server_encoding", "integer_datetimes", "is_superuser" ->
                throw new SqlError("55P02", "parameter \"" + name + "\" cannot be changed");
            default -> {}
        }
        settings.put(key, kept);
        return REPORTED.contains(key) ? Optional.of(SPELLING.getOrDefault(key, key)) : Optional.empty();
    }

    Optional<String> reset(String name) {
        return set(name, defaults.getOrDefault(name.toLowerCase(Locale.ROOT), ""));
    }

    private static ZoneId zone(String name) {
        try {
            if (name.equalsIgnoreCase("default") || name.equalsIgnoreCase("local")) {
                return ZoneId.of("UTC");
            }
            // PostgreSQL counts GMT+3 to the west, as POSIX does, and a plain number to the east.
            Matcher named = WEST.matcher(name);
            if (named.matches()) {
                return ZoneId.of("Etc/GMT" + named.group(1) + Integer.parseInt(named.group(2)));
            }
            if (EAST.matcher(name).matches()) {
                int hours = Integer.parseInt(name);
                return ZoneId.of(hours == 0 ? "UTC" : "Etc/GMT" + (hours > 0 ? "-" : "+") + Math.abs(hours));
            }
            ZoneId zone = ZoneId.of(name, ZoneId.SHORT_IDS);
            return zone.getId().equals("Z") ? ZoneId.of("UTC") : zone;
        } catch (DateTimeException e) {
            throw new SqlError("22023", "invalid value for parameter \"TimeZone\": \"" + name + "\"");
        }
    }

    ZoneId zone() {
        return zone;
    }

    Transaction transaction() {
        return transaction;
    }

    void transaction(Transaction next) {
        transaction = next;
    }
}
