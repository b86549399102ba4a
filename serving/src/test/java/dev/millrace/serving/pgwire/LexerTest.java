package dev.millrace.serving.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LexerTest {
    @Test
    void a_semicolon_ends_a_statement_only_outside_quotes_and_remarks() {
        assertThat(Lexer.statements(
                        "select ';' ; select \";\"\"\"; ; -- ;\n select $x$;$$;$x$ /* ; */; select e'\\';'"))
                .containsExactly(
                        "select ';'", "select \";\"\"\"", "-- ;\n select $x$;$$;$x$ /* ; */", "select e'\\';'");
        assertThat(Lexer.statements(" ; /* nothing */ ; -- here")).isEmpty();
    }

    @Test
    void long_texts_are_read() {
        String text = "select '" + "it''s ".repeat(200_000) + "' /* " + "* ".repeat(200_000) + "*/";
        assertThat(Lexer.statements(text)).containsExactly(text);
    }

    @Test
    void words_of_postgres_become_words_of_duckdb() {
        assertThat(rewritten(
                        "select c.relname from pg_catalog.pg_class c where c.relname OPERATOR(pg_catalog.~) '^(a)$'"
                                + " COLLATE pg_catalog.default"))
                .isEqualTo("select c.relname from pg_class c where c.relname  ~  '^(a)$' ");
        assertThat(rewritten(
                        "select 'a.b'::pg_catalog.regclass::oid, c.oid::regclass, x::\"char\", y::pg_catalog.text"))
                .isEqualTo("select mr_regclass('a.b')::bigint, mr_regclass_name(c.oid), x::varchar, y::text");
        assertThat(rewritten("select * from information_schema.columns"))
                .isEqualTo("select * from information_schema_columns");
    }

    @Test
    void other_queries_stay_as_they_are() {
        String sql = "select a::int, 'pg_catalog.x', \"pg_catalog.y\", t.name, version_of(z) from marts.t -- pg_class";
        CatalogRewrite.Text text = CatalogRewrite.of(sql);
        assertThat(text.sql()).isEqualTo(sql);
        assertThat(text.catalog()).isFalse();
    }

    private static String rewritten(String sql) {
        return CatalogRewrite.of(sql).sql();
    }
}
