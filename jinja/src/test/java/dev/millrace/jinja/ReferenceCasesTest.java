package dev.millrace.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Python's Jinja2 3.1.6 renders, case by case. */
class ReferenceCasesTest {
    private static final Globals HOST = Globals.chain(Globals.of(values()), PythonGlobals.names());

    private static Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("mk", Functions.of("mk", "", a -> Functions.of("made", "x", b -> "called:" + Values.str(b.get(0)))));
        values.put("mk2", Functions.of("mk2", "a, b=None", a -> Values.str(a.get(0)) + Values.str(a.get(1))));
        values.put("obj", new Sample());
        return values;
    }

    private static final class Sample implements JinjaObject {
        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "snake_attr" -> "SA";
                case "method" ->
                    Functions.of("method", "a, b=None", a -> "m" + Values.str(a.get(0)) + Values.str(a.get(1)));
                default -> missing(name);
            };
        }
    }

    static Stream<Arguments> cases() throws IOException {
        return Stream.of("jinja-cases.json", "more-cases.json").flatMap(ReferenceCasesTest::read);
    }

    private static Stream<Arguments> read(String file) {
        try (InputStream stream = ReferenceCasesTest.class.getResourceAsStream("/" + file)) {
            JsonNode cases =
                    new ObjectMapper().readTree(Objects.requireNonNull(stream)).get("cases");
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(c -> Arguments.of(
                            c.get("name").asText(),
                            c.get("template").asText(),
                            c.get("status").asText(),
                            c.get("expected").asText()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void renders_as_python_does(String name, String template, String status, String expected) {
        assertThat(outcome(template)).as(template).isEqualTo(status + " " + expected);
    }

    private static String outcome(String template) {
        try {
            return "ok " + JinjaEnvironment.standard().compile(template, "case").render(HOST);
        } catch (JinjaException e) {
            return "err " + e.kind().pythonName() + ": " + e.getMessage();
        }
    }
}
