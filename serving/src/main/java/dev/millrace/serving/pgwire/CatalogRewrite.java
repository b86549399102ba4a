package dev.millrace.serving.pgwire;

import dev.millrace.serving.pgwire.Lexer.Kind;
import dev.millrace.serving.pgwire.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Puts what only PostgreSQL has into words DuckDB knows: names of its catalog, types that stand for rows of it,
 * {@code OPERATOR(…)}, {@code COLLATE pg_catalog.default}. Token by token; the guard checks what comes out.
 */
final class CatalogRewrite {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("oid", "bigint"),
            Map.entry("name", "varchar"),
            Map.entry("char", "varchar"),
            Map.entry("bpchar", "varchar"),
            Map.entry("regclass", "varchar"),
            Map.entry("regtype", "varchar"),
            Map.entry("regproc", "varchar"),
            Map.entry("regprocedure", "varchar"),
            Map.entry("regnamespace", "varchar"),
            Map.entry("regrole", "varchar"),
            Map.entry("xid", "bigint"),
            Map.entry("int2vector", "bigint[]"),
            Map.entry("oidvector", "bigint[]"),
            Map.entry("information_schema.sql_identifier", "varchar"));
    /** Functions of both, where PostgreSQL's clients expect PostgreSQL's answer. */
    private static final Map<String, String> FUNCTIONS =
            Map.of("version", "mr_version", "current_setting", "mr_current_setting");

    private static final Set<String> INFORMATION = Set.of(
            "tables",
            "columns",
            "schemata",
            "views",
            "table_constraints",
            "key_column_usage",
            "referential_constraints",
            "constraint_column_usage",
            "routines",
            "parameters",
            "sequences",
            "triggers",
            "table_privileges",
            "role_table_grants",
            "character_sets",
            "collations",
            "domains",
            "element_types",
            "enabled_roles",
            "applicable_roles",
            "check_constraints",
            "key_columns");

    /** @param catalog whether it reads the catalog of PostgreSQL */
    record Text(String sql, boolean catalog) {}

    private final List<Token> tokens;
    private final List<String> out = new ArrayList<>();
    private boolean catalog;
    private int at;

    private CatalogRewrite(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Text of(String sql) {
        CatalogRewrite rewrite = new CatalogRewrite(Lexer.tokens(sql));
        rewrite.run();
        return new Text(String.join("", rewrite.out), rewrite.catalog);
    }

    private void run() {
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            if (token.is("OPERATOR") && peek(1).is("(")) {
                operator();
            } else if (token.is("COLLATE") && peek(1).is("pg_catalog") && peek(2).is(".")) {
                skip(4);
            } else if (token.is("::")) {
                cast();
            } else if (token.is("pg_catalog") && peek(1).is(".")) {
                skip(2);
                catalog = true;
            } else if (token.is("information_schema") && peek(1).is(".")) {
                information();
            } else if (token.isName() && !afterDot()) {
                name(token);
            } else {
                out.add(token.text());
                at++;
            }
        }
    }

    private void name(Token token) {
        String lower = token.name().toLowerCase(Locale.ROOT);
        boolean called = peek(1).is("(");
        String renamed = called ? FUNCTIONS.get(lower) : null;
        catalog |= renamed != null
                || (called && PgCatalog.macros().contains(lower))
                || (!called && PgCatalog.views().contains(lower));
        out.add(renamed == null ? token.text() : renamed);
        at++;
    }

    private boolean afterDot() {
        return at > 0 && tokens.get(at - 1).is(".");
    }

    /** {@code OPERATOR(pg_catalog.~)}. */
    private void operator() {
        skip(2);
        StringBuilder operator = new StringBuilder();
        while (at < tokens.size() && !tokens.get(at).is(")")) {
            Token token = tokens.get(at++);
            if (token.kind() == Kind.OTHER && !token.is(".")) {
                operator.append(token.text());
            }
        }
        at++;
        out.add(" " + operator + " ");
    }

    private void information() {
        String table = peek(2).name().toLowerCase(Locale.ROOT);
        catalog = true;
        if (INFORMATION.contains(table) && !peek(3).is("(")) {
            out.add("information_schema_" + table);
            skip(3);
        } else {
            skip(2);
        }
    }

    private void cast() {
        skip(1);
        if (peek(0).is("pg_catalog") || peek(0).is("information_schema")) {
            skip(2);
        }
        Token type = peek(0);
        String lower = type.name().toLowerCase(Locale.ROOT);
        boolean bare = type.kind() != Kind.QUOTED || lower.equals("char");
        String renamed = bare ? TYPES.get(lower) : null;
        if (lower.equals("char") && type.kind() != Kind.QUOTED) {
            renamed = null;
        }
        if (renamed == null) {
            out.add("::");
            return;
        }
        skip(1);
        catalog = true;
        boolean wrapped = (lower.equals("regclass") && wrap("mr_regclass", "mr_regclass_name"))
                || (lower.equals("regtype") && wrap("mr_regtype_oid", "mr_regtype"));
        if (wrapped) {
            return;
        }
        out.add("::" + renamed);
    }

    /**
     * Makes a call of what was written last: the name of a row becomes its number, a column with a number its name.
     * False if it was neither a literal or parameter nor a column.
     */
    private boolean wrap(String ofLiteral, String ofColumn) {
        int last = out.size() - 1;
        while (last >= 0 && out.get(last).isBlank()) {
            last--;
        }
        if (last < 0 || !out.get(last).matches("(?s)'.*|\\$\\d+|[\\p{L}_\"].*")) {
            return false;
        }
        int first = last;
        while (first >= 2 && out.get(first - 1).equals(".")) {
            first -= 2;
        }
        String operand = String.join("", out.subList(first, last + 1));
        while (out.size() > first) {
            out.remove(out.size() - 1);
        }
        boolean literal = operand.startsWith("'") || operand.startsWith("$");
        out.add((literal ? ofLiteral : ofColumn) + "(" + operand + ")");
        return true;
    }

    /** The token {@code ahead} of this one that is no space; an empty one past the end. */
    private Token peek(int ahead) {
        int left = ahead;
        for (int i = at; i < tokens.size(); i++) {
            if (tokens.get(i).kind() != Kind.SPACE && left-- == 0) {
                return tokens.get(i);
            }
        }
        return new Token(Kind.SPACE, "");
    }

    /** Leaves out so many tokens that are no space, and the space between them. */
    private void skip(int count) {
        int left = count;
        while (at < tokens.size() && left > 0) {
            if (tokens.get(at++).kind() != Kind.SPACE) {
                left--;
            }
        }
    }
}
