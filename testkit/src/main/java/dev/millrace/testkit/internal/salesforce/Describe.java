package dev.millrace.testkit.internal.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceField.Trait;
import dev.millrace.testkit.SalesforceType;
import java.util.Collection;

/** What the service tells about its objects and fields. */
final class Describe {
    private Describe() {}

    static ObjectNode global(Call call, Collection<Table> tables) {
        ObjectNode global = Json.object().put("encoding", "UTF-8").put("maxBatchSize", 200);
        ArrayNode objects = global.putArray("sobjects");
        tables.forEach(table -> objects.add(summary(call, table.schema())));
        return global;
    }

    static ObjectNode basic(Call call, ObjectSchema schema) {
        ObjectNode basic = Json.object();
        basic.set("objectDescribe", summary(call, schema));
        basic.putArray("recentItems");
        return basic;
    }

    static ObjectNode full(Call call, ObjectSchema schema) {
        ObjectNode full = summary(call, schema);
        ArrayNode fields = full.putArray("fields");
        schema.fields().forEach(field -> fields.add(field(field)));
        full.putArray("childRelationships");
        full.putArray("recordTypeInfos");
        return full;
    }

    private static ObjectNode summary(Call call, ObjectSchema schema) {
        String url = call.url("sobjects/" + schema.name());
        ObjectNode summary = Json.object()
                .put("name", schema.name())
                .put("label", schema.name())
                .put("labelPlural", schema.name() + "s")
                .put("keyPrefix", schema.keyPrefix())
                .put("custom", schema.name().endsWith("__c"))
                .put("createable", true)
                .put("updateable", true)
                .put("deletable", true)
                .put("queryable", true)
                .put("retrieveable", true)
                .put("replicateable", true);
        summary.putObject("urls")
                .put("sobject", url)
                .put("describe", url + "/describe")
                .put("rowTemplate", url + "/{ID}");
        return summary;
    }

    private static ObjectNode field(SalesforceField field) {
        SalesforceType type = field.type();
        boolean writable = !field.is(Trait.READ_ONLY);
        boolean checkbox = type == SalesforceType.BOOLEAN;
        boolean key = field.is(Trait.EXTERNAL_ID) || type == SalesforceType.ID;
        boolean system = type == SalesforceType.ID || (type == SalesforceType.DATETIME && !writable);
        ObjectNode node = Json.object()
                .put("name", field.name())
                .put("label", field.label())
                .put("type", type.describeName())
                .put("soapType", type.soapType())
                .put("length", type.isText() ? field.length() : 0)
                .put("byteLength", type.isText() ? field.length() * 3 : 0)
                .put("precision", type == SalesforceType.INT ? 0 : field.precision())
                .put("scale", field.scale())
                .put("digits", type == SalesforceType.INT ? field.precision() : 0)
                .put("nillable", !field.is(Trait.REQUIRED) && !checkbox && !system)
                .put("defaultedOnCreate", checkbox || system)
                .put("externalId", field.is(Trait.EXTERNAL_ID))
                .put("idLookup", key)
                .put("unique", field.is(Trait.UNIQUE))
                .put("caseSensitive", false)
                .put("createable", writable)
                .put("updateable", writable)
                .put("custom", field.isCustom())
                .put("calculated", false)
                .put("filterable", type != SalesforceType.TEXTAREA)
                .put("sortable", type != SalesforceType.TEXTAREA)
                .put("nameField", field.name().equals("Name"))
                .put("deprecatedAndHidden", false)
                .put("restrictedPicklist", !field.values().isEmpty());
        ArrayNode values = node.putArray("picklistValues");
        field.values()
                .forEach(value -> values.addObject()
                        .put("active", true)
                        .put("defaultValue", false)
                        .put("label", value)
                        .put("value", value));
        ArrayNode referenceTo = node.putArray("referenceTo");
        if (type == SalesforceType.REFERENCE && field.name().endsWith("Id")) {
            referenceTo.add(field.name().substring(0, field.name().length() - 2));
        }
        return node;
    }
}
