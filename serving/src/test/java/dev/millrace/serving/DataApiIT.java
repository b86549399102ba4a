package dev.millrace.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.warehouse.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataApiIT {
    private static final ObjectMapper EXACT =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @TempDir
    private static Path folder;

    private Shop shop;
    private DataApi api;

    @BeforeAll
    void open() {
        shop = Shop.in(folder)
                .sql("create schema marts; create schema raw; create schema _millrace")
                .sql("create table marts.orders (id bigint, customer varchar, amount decimal(12,2), paid boolean,"
                        + " placed timestamp with time zone, day date, status enum('open', 'done'))")
                .sql("insert into marts.orders values"
                        + " (1, 'Ann', 10.50, true, '2024-01-01 10:00:00+00', '2024-01-01', 'open'),"
                        + " (2, 'Bob', 99.99, false, '2024-01-02 11:30:00+00', '2024-01-02', 'done'),"
                        + " (3, 'O''Brien, \"Al\"', null, null, null, null, null),"
                        + " (4, '', 0.01, true, '2024-02-01 00:00:00.123456+00', '2024-02-01', 'open')")
                .sql("create table raw.orders as select 1 id")
                .sql("create table marts.many as select range id, 'text ' || range name, range / 3 third,"
                        + " (range * 1.01)::decimal(18,2) amount from range(50_000)")
                .sql("create table marts.kinds as select * from (values (9007199254740993::bigint,"
                        + " 170141183460469231731687303715884105727::hugeint,"
                        + " 12345678901234567890.12345::decimal(38,5), 0.1::double, 'nan'::double, true, 'é'::varchar,"
                        + " '\\x00\\xFF'::blob, '2024-02-29'::date, '23:59:59.999999'::time,"
                        + " '2024-02-29 12:00:00.5'::timestamp, '2024-02-29 12:00:00+02'::timestamptz,"
                        + " '{\"a\": [1,\n 2]}'::json, 'f47ac10b-58cc-4372-a567-0e02b2c3d479'::uuid, [1, null, 3],"
                        + " {'x': 1, 'y': ['a', 'b']}, map {'k': 2}, interval 3 days),"
                        + " (null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,"
                        + " null, null, null)) v(big, huge, exact, dbl, nan, bool, txt, bytes, day, tm, ts, tz, js, id,"
                        + " list, struct, map, span)");
        Graph graph = shop.graph("marts.orders", "raw.orders", "marts.many", "marts.kinds", "marts.planned");
        api = new DataApi(() -> graph, List.of(shop.warehouse()), DataOptions.in(folder.resolve("tmp")));
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id=eq.2|2",
                "id=neq.2|1,3,4",
                "id=gt.1&id=lte.3|2,3",
                "id=gte.3|3,4",
                "id=lt.2|1",
                "customer=like.*o*|2",
                "customer=ilike.*O*|2,3",
                "customer=eq.O'Brien, \"Al\"|3",
                "customer=eq.|4",
                "id=in.(1,3)|1,3",
                "customer=in.(Ann,\"O'Brien, \\\"Al\\\"\")|1,3",
                "amount=is.null|3",
                "amount=is.not_null|1,2,4",
                "amount=not.is.null|1,2,4",
                "paid=is.true|1,4",
                "paid=eq.false|2",
                "id=not.in.(1,2)|3,4",
                "amount=gt.10.5|2",
                "amount=eq.0.01|4",
                "placed=gte.2024-01-02T00:00:00Z|2,4",
                "day=lt.2024-01-02|1",
                "status=eq.open|1,4",
                "or=(id.eq.1,customer.eq.Bob)|1,2",
                "or=(id.eq.1,and(amount.gt.1,paid.is.false))|1,2",
                "or=(id.eq.1,not.and(amount.gt.1,id.lt.9))|1,4",
                "not.or=(id.eq.1,id.eq.2)|3,4",
                "and=(id.gt.1,not.or(id.eq.3,id.eq.4))|2",
                "or=(customer.eq.\"a,b)\",id.in.(3,4))|3,4",
                "ID=eq.2|2",
                "limit=2|1,2",
                "limit=1&offset=1|2",
                "limit=0|",
                "order=id.desc|4,3,2,1",
                "order=amount.desc.nullslast,id|2,1,4,3",
                "order=amount.nullsfirst&limit=2|3,4",
            })
    void rows_are_filtered_ordered_and_limited(String parameters, String ids) throws IOException {
        String order = parameters.contains("order=") ? "" : "&order=id";
        JsonNode rows = EXACT.readTree(get("marts.orders?" + parameters + order));
        List<String> found = new ArrayList<>();
        rows.forEach(row -> found.add(row.path("id").asText()));
        assertThat(String.join(",", found)).isEqualTo(ids == null ? "" : ids);
    }

    @Test
    void columns_are_selected_renamed_and_aggregated() throws IOException {
        assertThat(get("marts.orders?select=id,who:customer&id=eq.1&format=csv"))
                .isEqualTo("id,who\r\n1,Ann\r\n");
        assertThat(
                        get(
                                "marts.orders?select=paid,count(),total:amount.sum(),amount.max()&order=paid.nullslast&format=csv"))
                .isEqualTo("paid,count,total,max\r\nfalse,1,99.99,99.99\r\ntrue,2,10.51,10.50\r\n,1,,\r\n");
        assertThat(get("marts.orders?select=count()&format=csv")).isEqualTo("count\r\n4\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "marts.ordrs|RELATION_NOT_FOUND|Did you mean 'marts.orders'?",
                "_millrace.state|RELATION_NOT_FOUND|",
                "orders|RELATION_NOT_FOUND|",
                "/etc/passwd|RELATION_NOT_FOUND|",
                "marts.planned|RELATION_NOT_FOUND|millrace build",
                "marts.orders?custmer=eq.x|REQUEST_INVALID|Did you mean 'customer'?",
                "marts.orders?id=eqq.1|REQUEST_INVALID|Did you mean 'eq'?",
                "marts.orders?id=1|REQUEST_INVALID|",
                "marts.orders?id=eq.one|REQUEST_INVALID|",
                "marts.orders?amount=eq.null|REQUEST_INVALID|is.null",
                "marts.orders?day=gt.2024-13-01|REQUEST_INVALID|",
                "marts.orders?status=eq.lost|REQUEST_INVALID|",
                "marts.orders?id=is.true|REQUEST_INVALID|",
                "marts.orders?id=in.1|REQUEST_INVALID|",
                "marts.orders?id=in.(1|REQUEST_INVALID|",
                "marts.orders?or=(id.eq.1|REQUEST_INVALID|",
                "marts.orders?or=(id.eq.1))|REQUEST_INVALID|",
                "marts.orders?order=nothing|REQUEST_INVALID|",
                "marts.orders?order=id.up|REQUEST_INVALID|",
                "marts.orders?order=id.nullsfirst.desc|REQUEST_INVALID|",
                "marts.orders?limit=-1|REQUEST_INVALID|",
                "marts.orders?limit=1;drop|REQUEST_INVALID|",
                "marts.orders?offset=x|REQUEST_INVALID|",
                "marts.orders?select=id,id|REQUEST_INVALID|name:column",
                "marts.orders?select=id.median()|REQUEST_INVALID|",
                "marts.orders?format=xlsx|REQUEST_INVALID|",
            })
    void a_wrong_request_is_told_before_anything_is_sent(String request, String code, String hint) {
        assertThatThrownBy(() -> api.prepare(request(request, null)))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.valueOf(code));
                    if (hint != null) {
                        assertThat(e.hint().orElse("")).contains(hint);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "marts.orders?customer=eq.' or 1=1 --",
                "marts.orders?customer=eq.'; drop table marts.orders; --",
                "marts.orders?customer=like.%' or '1'='1",
                "marts.orders?customer=in.(a','b\",x)",
                "marts.orders?id\" or 1=1 --=eq.1",
                "marts.orders?select=id\" from raw.orders --",
                "marts.orders?select=*,(select 1)",
                "marts.orders?select=x\"y:id&id=eq.99",
                "marts.orders?order=id; drop table marts.orders",
                "marts.orders?order=(select 1)",
                "marts.orders?limit=1 union all select 1",
                "marts.orders?or=(customer.eq.x) or (1=1)",
                "marts.orders; drop table marts.orders",
                "marts.orders\" union select * from \"raw\".\"orders",
                "marts.orders?customer=eq.$1?",
            })
    void what_is_asked_is_never_read_as_sql(String request) throws IOException {
        String answer;
        try {
            answer = get(request);
        } catch (MillraceException refused) {
            answer = "[]";
        }
        assertThat(EXACT.readTree(answer)).isEmpty();
        assertThat(get("marts.orders?select=count()&format=csv")).isEqualTo("count\r\n4\r\n");
    }

    @Test
    void json_keeps_every_digit() throws IOException {
        JsonNode row = EXACT.readTree(get("kinds?big=is.not_null")).get(0);
        assertThat(row.toString())
                .isEqualTo("{\"big\":9007199254740993,\"huge\":170141183460469231731687303715884105727,"
                        + "\"exact\":12345678901234567890.12345,\"dbl\":0.1,\"nan\":\"NaN\",\"bool\":true,\"txt\":\"é\","
                        + "\"bytes\":\"AP8=\",\"day\":\"2024-02-29\",\"tm\":\"23:59:59.999999\","
                        + "\"ts\":\"2024-02-29T12:00:00.5\",\"tz\":\"2024-02-29T10:00:00Z\",\"js\":{\"a\":[1,2]},"
                        + "\"id\":\"f47ac10b-58cc-4372-a567-0e02b2c3d479\",\"list\":[1,null,3],"
                        + "\"struct\":{\"x\":1,\"y\":[\"a\",\"b\"]},\"map\":{\"k\":2},\"span\":\"3 days\"}");
        String[] lines = get("kinds?format=ndjson").split("\n");
        assertThat(lines).hasSize(2).allSatisfy(line -> EXACT.readTree(line));
    }

    @Test
    void csv_can_be_read_back() throws IOException {
        Path file = folder.resolve("kinds.csv");
        Files.write(file, bytes("kinds?format=csv&select=big,exact,txt,day,ts,tz,list,struct"));
        try (Session session = shop.warehouse().open()) {
            assertThat(session.query(
                                    "select big, exact, txt, day, ts, tz = '2024-02-29T10:00:00Z', list from read_csv('"
                                            + file + "', types = {'exact': 'DECIMAL(38,5)'})")
                            .rows()
                            .get(0)
                            .toString())
                    .isEqualTo("[9007199254740993, 12345678901234567890.12345, é, 2024-02-29, 2024-02-29T12:00:00.500,"
                            + " true, [1,null,3]]");
        }
        assertThat(get("marts.orders?id=gte.3&select=customer,status&order=id&format=csv"))
                .isEqualTo("customer,status\r\n\"O'Brien, \"\"Al\"\"\",\r\n\"\",open\r\n");
    }

    @Test
    void parquet_can_be_read_back_and_leaves_nothing_behind() throws IOException {
        Path abandoned = Files.createDirectories(folder.resolve("tmp")).resolve("data-1.parquet");
        Files.writeString(abandoned, "half a file");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path file = folder.resolve("many.parquet");
        Files.write(file, bytes("marts.many?id=gte.10000&format=parquet"));
        try (Session session = shop.warehouse().open()) {
            assertThat(session.query("select count(*) from (from '" + file + "' except from marts.many)")
                            .singleLong())
                    .isZero();
            assertThat(session.query("select count(*) from '" + file + "'").singleLong())
                    .isEqualTo(40_000);
        }
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void arrow_can_be_read_back_by_its_own_library() throws IOException {
        try (RootAllocator memory = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(
                        new ByteArrayInputStream(bytes("marts.many?order=id&format=arrow")), memory)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            assertThat(root.getSchema().toString())
                    .isEqualTo("Schema<id: Int(64, true), name: Utf8, third: FloatingPoint(DOUBLE),"
                            + " amount: Decimal(18, 2, 128)>");
            long rows = 0;
            while (reader.loadNextBatch()) {
                for (int i = 0; i < root.getRowCount(); i += 997) {
                    long id = rows + i;
                    assertThat(root.getVector("id").getObject(i)).isEqualTo(id);
                    assertThat(root.getVector("name").getObject(i)).hasToString("text " + id);
                    assertThat(root.getVector("third").getObject(i)).isEqualTo(id / 3.0);
                    assertThat(root.getVector("amount").getObject(i))
                            .isEqualTo(java.math.BigDecimal.valueOf(id * 101, 2));
                }
                rows += root.getRowCount();
            }
            assertThat(rows).isEqualTo(50_000);
        }
    }

    @Test
    void arrow_has_every_type() throws IOException {
        byte[] stream = bytes(
                "kinds?format=arrow&order=big.nullslast&select=big,exact,dbl,bool,txt,bytes,day,tm,ts,tz,js,id,list,struct,map");
        try (RootAllocator memory = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), memory)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            assertThat(reader.loadNextBatch()).isTrue();
            List<String> first = root.getFieldVectors().stream()
                    .map(vector -> vector.getName() + "=" + vector.getObject(0))
                    .toList();
            assertThat(first)
                    .startsWith(
                            "big=9007199254740993", "exact=12345678901234567890.12345", "dbl=0.1", "bool=true", "txt=é")
                    .contains("day=19782", "tm=86399999999", "ts=2024-02-29T12:00:00.500", "tz=1709200800000000")
                    .contains("list=[1,null,3]", "struct={\"x\":1,\"y\":[\"a\",\"b\"]}", "map={\"k\":2}");
            assertThat(root.getFieldVectors())
                    .allSatisfy(vector -> assertThat(vector.isNull(1)).isTrue());
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }

    @Test
    void the_accept_header_chooses_the_format() {
        assertThat(api.prepare(request("many", null)).format()).isEqualTo(DataFormat.JSON);
        assertThat(api.prepare(request("many", "*/*")).format()).isEqualTo(DataFormat.JSON);
        assertThat(api.prepare(request("many", "text/csv;q=0.5, application/vnd.apache.arrow.stream"))
                        .format())
                .isEqualTo(DataFormat.ARROW);
        assertThat(api.prepare(request("many", "text/html, text/*;q=0.1")).format())
                .isEqualTo(DataFormat.CSV);
        assertThat(api.prepare(request("many?format=parquet", "text/csv")).fileName())
                .isEqualTo("marts.many.parquet");
        assertThatThrownBy(() -> api.prepare(request("many", "image/png"))).isInstanceOf(MillraceException.class);
    }

    @Test
    void the_relations_of_the_graph_are_listed_with_their_columns() {
        assertThat(api.relations())
                .extracting(DataRelation::name)
                .containsExactly("marts.kinds", "marts.many", "marts.orders", "marts.planned", "raw.orders");
        DataRelation orders = api.relation("Marts.Orders");
        assertThat(orders.kind()).isEqualTo("model");
        assertThat(orders.description()).isEqualTo("what orders holds");
        assertThat(orders.columns().get(2).type()).isEqualTo("DECIMAL(12,2)");
        assertThat(api.relation("marts.planned").columns()).isEmpty();
    }

    @Test
    void limits_hold() throws IOException {
        Graph graph = shop.graph("marts.many");
        DataOptions options = DataOptions.in(folder.resolve("tmp")).withMaxRows(10);
        DataApi small = new DataApi(() -> graph, List.of(shop.warehouse()), options);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(small.prepare(request("many", null)).writeTo(out)).isEqualTo(10);
        assertThatThrownBy(() -> small.prepare(request("many?limit=11", null))).hasMessageContaining("at most 10 rows");

        SqlApi sql = new SqlApi(shop.warehouse(), new QueryGuard(), options);
        for (DataFormat format : DataFormat.values()) {
            assertThat(sql.prepare("select * from marts.many -- all;", List.of(), format)
                            .writeTo(OutputStream.nullOutputStream()))
                    .isEqualTo(10);
        }
        SqlApi hasty = new SqlApi(shop.warehouse(), new QueryGuard(), options.withTimeout(Duration.ofMillis(50)));
        DataAnswer slow = hasty.prepare(
                "select count(*) from range(1000000) a, range(1000000) b where a.range + b.range < 0",
                List.of(),
                DataFormat.JSON);
        assertThatThrownBy(() -> slow.writeTo(OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    }

    @Test
    void a_reader_that_goes_away_stops_the_query() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        };
        for (DataFormat format : DataFormat.values()) {
            DataAnswer answer = api.prepare(request("many?format=" + format, null));
            assertThatThrownBy(() -> answer.writeTo(broken))
                    .isInstanceOf(IOException.class)
                    .hasMessage("gone");
        }
    }

    private String get(String request) throws IOException {
        return new String(bytes(request), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String request) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        api.prepare(request(request, null)).writeTo(out);
        return out.toByteArray();
    }

    private static DataRequest request(String text, @org.jspecify.annotations.Nullable String accept) {
        int question = text.indexOf('?');
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        if (question >= 0) {
            for (String parameter : text.substring(question + 1).split("&")) {
                int equals = parameter.indexOf('=', parameter.contains("1=1 --=") ? parameter.lastIndexOf("=") : 0);
                parameters.add(Map.entry(parameter.substring(0, equals), parameter.substring(equals + 1)));
            }
        }
        return new DataRequest(
                question < 0 ? text : text.substring(0, question), parameters, Optional.ofNullable(accept));
    }
}
