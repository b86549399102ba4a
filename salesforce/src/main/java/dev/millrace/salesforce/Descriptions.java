package dev.millrace.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the answer to a describe. */
final class Descriptions {
    private Descriptions() {}

    static ObjectDescription read(JsonNode object) {
        List<FieldDescription> fields = new ArrayList<>();
        object.path("fields").forEach(field -> fields.add(field(field)));
        return new ObjectDescription(
                object.path("name").asText(),
                object.path("label").asText(),
                object.path("queryable").asBoolean(),
                object.path("createable").asBoolean(),
                object.path("updateable").asBoolean(),
                fields);
    }

    private static FieldDescription field(JsonNode field) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : field.path("picklistValues")) {
            if (value.path("active").asBoolean()) {
                values.add(value.path("value").asText());
            }
        }
        String type = field.path("type").asText();
        return new FieldDescription(
                field.path("name").asText(),
                field.path("label").asText(),
                type,
                field.path("soapType").asText(),
                field.path("length").asInt(),
                field.path("precision").asInt(),
                field.path("scale").asInt(),
                field.path("digits").asInt(),
                field.path("nillable").asBoolean(),
                field.path("createable").asBoolean(),
                field.path("updateable").asBoolean(),
                field.path("externalId").asBoolean(),
                field.path("idLookup").asBoolean(),
                field.path("unique").asBoolean(),
                field.path("restrictedPicklist").asBoolean(),
                type.equals("address") || type.equals("location"),
                values);
    }
}
