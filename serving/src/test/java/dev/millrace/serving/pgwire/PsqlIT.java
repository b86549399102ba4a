package dev.millrace.serving.pgwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.core.Secret;
import dev.millrace.serving.QueryGuard;
import dev.millrace.serving.Shop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** psql itself, where it is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PsqlIT {
    private static final Path PSQL = Path.of("/usr/bin/psql");

    @TempDir
    private static Path folder;

    private Shop shop;
    private PgServer server;

    @BeforeAll
    void start() {
        assumeThat(PSQL).isExecutable();
        shop = Shop.in(folder)
                .sql("create schema marts; create schema _millrace; create table _millrace.state as select 1 s")
                .sql("create table marts.orders (id bigint primary key, customer varchar not null default 'nobody',"
                        + " amount decimal(12,2), placed timestamptz)")
                .sql(
                        "insert into marts.orders values (1, 'Ann', 1.50, '2024-01-01 00:00:00+00'), (2, 'Bo', null, null)")
                .sql("create view marts.big as select id, amount from marts.orders")
                .sql("comment on table marts.orders is 'What was bought'");
        server = PgServer.start(
                shop.warehouse(),
                new QueryGuard(),
                PgServerOptions.onLoopback(0).withToken(Secret.of("s3cret")));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
            shop.close();
        }
    }

    private String psql(String... commands) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                PSQL.toString(),
                "-X",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(server.port()),
                "-U",
                "ann",
                "-d",
                "shop"));
        for (String command : commands) {
            line.addAll(List.of("-c", command));
        }
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(Map.of("PGPASSWORD", "s3cret", "PGTZ", "UTC", "LC_ALL", "C.UTF-8"));
        Path output = Files.createTempFile(folder, "psql", ".txt");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void rows_are_shown() throws Exception {
        assertThat(psql("select * from marts.orders order by id")).isEqualTo("""
                         id | customer | amount |         placed         \n\
                        ----+----------+--------+------------------------
                          1 | Ann      |   1.50 | 2024-01-01 00:00:00+00
                          2 | Bo       |        |\s
                        (2 rows)

                        """);
    }

    @Test
    void relations_are_listed() throws Exception {
        assertThat(psql("\\dt", "\\dv", "\\dt+", "\\dn", "\\l", "\\d"))
                .contains("marts  | orders | table | millrace", "(1 row)", "marts  | big  | view | millrace")
                .contains("What was bought", "marts", "shop", "UTF8")
                .doesNotContain("_millrace");
    }

    @Test
    void a_relation_is_described() throws Exception {
        assertThat(psql("\\d marts.orders"))
                .contains("Table \"marts.orders\"")
                .containsPattern("id +\\| bigint +\\| +\\| not null")
                .containsPattern("amount +\\| numeric\\(12,2\\)")
                .containsPattern("placed +\\| timestamp with time zone")
                .contains("\"orders_id_pkey\" PRIMARY KEY");
        assertThat(psql("\\d+ orders")).contains("customer");
        assertThat(psql("\\d marts.big")).contains("View \"marts.big\"");
        assertThat(psql("\\d nothing")).contains("Did not find any relation");
    }

    @Test
    void every_listing_has_an_answer() throws Exception {
        String answer = psql(
                "\\du",
                "\\df",
                "\\di",
                "\\ds",
                "\\dm",
                "\\dT",
                "\\dx",
                "\\dp",
                "\\db",
                "\\dC",
                "\\dD",
                "\\des",
                "\\dL",
                "\\dO",
                "\\dRp",
                "\\dy",
                "\\conninfo",
                "\\encoding",
                "\\dt *.*",
                "\\dn+",
                "\\l+",
                "\\d *",
                "select 'the end'");
        assertThat(answer).contains("orders_id_pkey", "the end").doesNotContain("ERROR", "FATAL");
    }

    @Test
    void errors_are_shown_with_their_hint() throws Exception {
        assertThat(psql("select * from marts.ordrs"))
                .contains("ERROR:  there is no table or view marts.ordrs", "HINT:  Did you mean 'marts.orders'?");
        assertThat(psql("drop table marts.orders")).contains("cannot execute DROP in a read-only transaction");
    }
}
