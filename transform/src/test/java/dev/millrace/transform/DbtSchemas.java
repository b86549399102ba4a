package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** dbt's published schemas of its artifacts. */
final class DbtSchemas {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DbtSchemas() {}

    /** The artifact, which follows the schema. */
    static JsonNode read(TestProject project, String artifact, String schema) {
        String text = project.read("target/" + artifact);
        try (InputStream in = DbtSchemas.class.getResourceAsStream("/dbt-schemas/" + schema)) {
            String published = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(published)
                            .validate(text, InputFormat.JSON))
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JSON.readTree(text);
    }
}
