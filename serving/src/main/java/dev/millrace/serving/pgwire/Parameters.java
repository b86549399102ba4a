package dev.millrace.serving.pgwire;

import dev.millrace.serving.pgwire.Lexer.Kind;
import dev.millrace.serving.pgwire.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a statement. One whose type the client declared is cast to it, one that neither the client nor the
 * query gives a type is a text.
 *
 * @param declared numbers of types, one per parameter; 0 where the query decides
 */
record Parameters(String sql, List<Integer> declared) {
    private static final String UNKNOWN = "INVALID";
    private static final int MAX = 65_535;

    Parameters {
        declared = List.copyOf(declared);
    }

    static Parameters declared(String sql, List<Integer> types) {
        int count = 0;
        for (Token token : Lexer.tokens(sql)) {
            if (token.kind() == Kind.PARAMETER) {
                count = Math.max(count, number(token));
            }
        }
        List<Integer> all = new ArrayList<>();
        List<String> casts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int oid = i < types.size() ? types.get(i) : 0;
            all.add(oid);
            casts.add(cast(oid));
        }
        return new Parameters(cast(sql, casts), all);
    }

    private static int number(Token token) {
        String digits = token.text().substring(1);
        int number = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        if (number < 1 || number > MAX) {
            throw new SqlError("42P02", "there is no parameter " + token.text());
        }
        return number;
    }

    /** What a parameter of the type is cast to; empty to leave it to the query. */
    private static String cast(int oid) {
        PgType element = PgType.withArray(oid);
        if (element != null) {
            return switch (element.oid()) {
                case 25, 1043 -> "VARCHAR[]";
                case 1700 -> "DECIMAL(38,10)[]";
                default -> element.duckdb() + "[]";
            };
        }
        PgType type = PgType.withOid(oid);
        return type == null ? "" : type.duckdb();
    }

    private static String cast(String sql, List<String> casts) {
        StringBuilder text = new StringBuilder();
        for (Token token : Lexer.tokens(sql)) {
            String cast = token.kind() == Kind.PARAMETER ? casts.get(number(token) - 1) : "";
            text.append(cast.isEmpty() ? token.text() : "cast(" + token.text() + " as " + cast + ")");
        }
        return text.toString();
    }

    /** The same with casts for those whose type DuckDB does not know; empty when it knows all. */
    Optional<Parameters> settled(List<String> known) {
        if (!known.contains(UNKNOWN)) {
            return Optional.empty();
        }
        List<String> casts = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            boolean open = i < known.size()
                    && known.get(i).equals(UNKNOWN)
                    && cast(declared.get(i)).isEmpty();
            String type = declared.get(i) == PgType.NUMERIC.oid() ? "DECIMAL(38,10)" : "VARCHAR";
            casts.add(open ? type : "");
        }
        return Optional.of(new Parameters(cast(sql, casts), declared));
    }

    /** The numbers of all types, once DuckDB has named those that were not declared. */
    List<Integer> types(List<String> known) {
        List<Integer> types = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            @Nullable String name = i < known.size() ? known.get(i) : null;
            boolean open = declared.get(i) == 0;
            types.add(
                    !open
                            ? declared.get(i)
                            : name == null ? PgType.TEXT.oid() : PgType.of(name).oid());
        }
        return types;
    }
}
