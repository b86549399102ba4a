package dev.millrace.events.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private static final List<String> SEEDS = List.of(
            "{\"a\":1,\"b\":-2.5e3,\"c\":\"x\\n\\u00e9\\ud83d\\ude00\",\"d\":[1,{\"e\":null}],\"f\":true}",
            " { \"\" : {} , \"k\" : [ ] , \"s\" : \"é😀\" , \"n\" : 0 } ",
            "{\"deep\":[[[[{\"a\":[false,true,null,\"\\\\\",1e-7]}]]]],\"z\":12345678901234567890}");

    private static final JsonFactory JACKSON = new JsonFactory();

    private static Map<String, String> fields(byte[] json) throws JsonProblem {
        Map<String, String> fields = new LinkedHashMap<>();
        new JsonScanner().scan(json, 0, json.length, (name, offset, length, value) -> {
            fields.put(
                    new String(name, offset, length, StandardCharsets.UTF_8),
                    value.kind() == JsonKind.STRING ? value.text() : value.raw());
            return true;
        });
        return fields;
    }

    private static Map<String, String> fields(String json) throws JsonProblem {
        return fields(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fields_come_with_their_values_as_written() throws JsonProblem {
        assertThat(fields(SEEDS.get(0)))
                .containsExactly(
                        Map.entry("a", "1"),
                        Map.entry("b", "-2.5e3"),
                        Map.entry("c", "x\né😀"),
                        Map.entry("d", "[1,{\"e\":null}]"),
                        Map.entry("f", "true"));
        assertThat(fields("{\"\\u0061\\\"\": 1}")).containsExactly(Map.entry("a\"", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "[]",
                "\"a\"",
                "null",
                "{",
                "}",
                "{]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":+1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":\"\\ud800\\u0041\"}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":{\"b\"}}",
                "{\"a\":{\"b\":1,}}",
                "{\"a\":[}",
                "{\"a\":{]}",
                "{'a':1}",
                "{\"a\":1 \"b\":2}"
            })
    void what_is_no_json_object_is_refused(String json) {
        assertThatThrownBy(() -> fields(json)).isInstanceOf(JsonProblem.class).hasMessageStartingWith("not JSON: ");
    }

    @Test
    void bytes_that_are_no_utf8_are_refused() {
        for (byte[] bad : new byte[][] {
            {(byte) 0x80}, {(byte) 0xc0, (byte) 0x80}, {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80}, {(byte) 0xc3}
        }) {
            byte[] json = new byte[8 + bad.length];
            System.arraycopy("{\"a\":\"".getBytes(StandardCharsets.UTF_8), 0, json, 0, 6);
            System.arraycopy(bad, 0, json, 6, bad.length);
            json[6 + bad.length] = '"';
            json[7 + bad.length] = '}';
            assertThatThrownBy(() -> fields(json)).hasMessage("not JSON: it is not valid UTF-8");
        }
    }

    @Test
    void nesting_has_a_limit() throws JsonProblem {
        assertThat(fields("{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}")).hasSize(1);
        assertThatThrownBy(() -> fields("{\"a\":" + "[".repeat(501) + "]".repeat(501) + "}"))
                .isInstanceOf(JsonProblem.class);
    }

    @Test
    void broken_and_whole_objects_are_told_apart_as_jackson_does() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] json = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
            assertThat(accepts(json))
                    .as("seed %d: %s", seed, new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(jacksonAccepts(json));
        }
    }

    private static byte[] mutated(String seed, Random random) {
        byte[] json = seed.getBytes(StandardCharsets.UTF_8);
        byte[] letters = "{}[],:\"\\u0d8eE+-.1 tfn\n".getBytes(StandardCharsets.UTF_8);
        for (int k = random.nextInt(3); k >= 0; k--) {
            int at = random.nextInt(json.length);
            if (random.nextBoolean()) {
                json[at] = letters[random.nextInt(letters.length)];
            } else {
                byte[] shorter = new byte[json.length - 1];
                System.arraycopy(json, 0, shorter, 0, at);
                System.arraycopy(json, at + 1, shorter, at, shorter.length - at);
                json = shorter;
            }
        }
        return json;
    }

    private static boolean accepts(byte[] json) {
        try {
            fields(json);
            return true;
        } catch (JsonProblem e) {
            return false;
        }
    }

    /** Jackson lets half a surrogate pair pass; no warehouse does. */
    private static boolean jacksonAccepts(byte[] json) {
        try (JsonParser parser = JACKSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            boolean ended = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (ended || !StandardCharsets.UTF_8.newEncoder().canEncode(parser.getText())) {
                    return false;
                }
                ended = token == JsonToken.END_OBJECT
                        && parser.getParsingContext().inRoot();
            }
            return ended;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, true",
        "1e22, true",
        "0.30000000000000004, true",
        "0.8444218515250481, true",
        "1e400, false",
        "1e-400, false",
        "12345678901234.567, false",
        "9007199254740993, false",
        "9007199254740992, true",
        "123456789012345678, false",
        "0e999, true",
        "-1.5, true",
        "3.141592653589793238, false",
        "100000000000000000000, true"
    })
    void a_number_knows_whether_a_double_holds_it(String written, boolean exact) throws JsonProblem {
        byte[] json = ("{\"x\":" + written + "}").getBytes(StandardCharsets.UTF_8);
        new JsonScanner().scan(json, 0, json.length, (name, offset, length, value) -> {
            double nearest = value.number().doubleValue();
            assertThat(nearest).isEqualTo(Double.parseDouble(written));
            assertThat(value.number().isExactly(nearest)).isEqualTo(exact);
            return true;
        });
    }

    @Test
    void every_double_in_a_text_of_17_digits_is_exact() throws JsonProblem {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isNaN(value) || Double.isInfinite(value) || Math.abs(value) < 1e-290) {
                continue;
            }
            String written = new BigDecimal(value).round(new MathContext(17)).toString();
            byte[] json = ("{\"x\":" + written + "}").getBytes(StandardCharsets.UTF_8);
            new JsonScanner().scan(json, 0, json.length, (name, offset, length, field) -> {
                assertThat(field.number().doubleValue()).isEqualTo(value);
                assertThat(field.number().isExactly(value)).as(written).isTrue();
                return true;
            });
        }
    }
}
