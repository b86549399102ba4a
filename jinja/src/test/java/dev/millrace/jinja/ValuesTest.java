package dev.millrace.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void java_data_goes_in_and_comes_back() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("n", 1);
        data.put("list", Arrays.asList("a", null, 2.5f, true));
        data.put("big", BigInteger.TWO.pow(70));
        Object value = Values.fromJava(data);
        assertThat(Values.str(value))
                .isEqualTo("{'n': 1, 'list': ['a', None, 2.5, True], 'big': 1180591620717411303424}");
        Map<?, ?> back = (Map<?, ?>) Objects.requireNonNull(Values.toJava(value));
        assertThat(back.get("list")).isEqualTo(Arrays.asList("a", null, 2.5, true));
        assertThat(back.get("n")).isEqualTo(1L);
    }

    @Test
    void keys_are_equal_as_in_python() {
        PyDict dict = new PyDict();
        dict.put(1L, "int");
        dict.put(1.0, "float");
        dict.put(true, "bool");
        assertThat(dict.toString()).isEqualTo("{1: 'bool'}");
        assertThat(PyTuple.of(1L, "a")).isEqualTo(PyTuple.of(1.0, "a")).hasSameHashCodeAs(PyTuple.of(true, "a"));
    }

    @Test
    void json_reads_and_writes_as_python_does() {
        String json = "{\"a\": [1, 2.5, \"\\u00e9\", null, true], \"b\": {}}";
        assertThat(Values.toJson(Values.fromJson(json))).isEqualTo(json);
        assertThat(Values.toSortedJson(Values.fromJson("{\"b\":1,\"a\":2}"))).isEqualTo("{\"a\": 2, \"b\": 1}");
    }

    @Test
    void host_objects_show_only_what_they_answer() {
        JinjaObject relation = new JinjaObject() {
            @Override
            public Object attribute(String name) {
                return name.equals("identifier") ? "orders" : missing(name);
            }

            @Override
            public String display() {
                return "\"main\".\"orders\"";
            }

            @Override
            public String typeName() {
                return "Relation";
            }
        };
        Template template = JinjaEnvironment.standard()
                .compile("{{ r }} {{ r.identifier }} {{ r.getClass is defined }} {{ [r] }} {{ r['identifier'] }}", "t");
        assertThat(template.render(Globals.of(Map.of("r", relation))))
                .isEqualTo("\"main\".\"orders\" orders False [\"main\".\"orders\"] orders");
    }

    @Test
    void plain_java_data_of_a_host_is_understood() {
        Map<String, Object> names = Map.of(
                "columns", List.of("a", "b"),
                "count", 3,
                "f", Functions.of("f", "", a -> Map.of("k", List.of(1, 2))));
        Template template = JinjaEnvironment.standard()
                .compile("{{ columns }} {{ columns[0] }} {{ count + 1 }} {{ f().k[1] }} {{ f() }}", "t");
        assertThat(template.render(Globals.of(names))).isEqualTo("['a', 'b'] a 4 2 {'k': [1, 2]}");
    }

    @Test
    void globals_chain_asks_the_first_before_the_second() {
        Globals chained = Globals.chain(Globals.of(Map.of("a", 1L)), Globals.of(Map.of("a", 2L, "b", 3L)));
        assertThat(List.of(chained.lookup("a"), chained.lookup("b"))).containsExactly(1L, 3L);
    }
}
