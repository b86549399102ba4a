package dev.millrace.testkit.internal.salesforce;

import static dev.millrace.testkit.SalesforceField.checkbox;
import static dev.millrace.testkit.SalesforceField.currency;
import static dev.millrace.testkit.SalesforceField.date;
import static dev.millrace.testkit.SalesforceField.integer;
import static dev.millrace.testkit.SalesforceField.number;
import static dev.millrace.testkit.SalesforceField.percent;
import static dev.millrace.testkit.SalesforceField.picklist;
import static dev.millrace.testkit.SalesforceField.text;

import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of Salesforce's own objects that a shop uses, with the custom fields of the demo on the account. */
public final class StandardObjects {
    private static final SalesforceField EXTERNAL_ID =
            text("External_Id__c", 64).asExternalId().asUnique();

    private StandardObjects() {}

    /** By name. */
    public static Map<String, ObjectSchema> all() {
        Map<String, ObjectSchema> objects = new LinkedHashMap<>();
        for (ObjectSchema schema : List.of(account(), contact(), lead(), opportunity())) {
            objects.put(schema.name(), schema);
        }
        return objects;
    }

    /** The same set with an object added, or fields added to one of the set. */
    public static void add(Map<String, ObjectSchema> objects, String name, List<SalesforceField> fields) {
        ObjectSchema known = objects.get(name);
        if (known != null) {
            objects.put(name, known.with(fields));
            return;
        }
        String keyPrefix = "a" + String.format("%02d", objects.size());
        boolean named = fields.stream().anyMatch(field -> field.name().equals("Name"));
        ObjectSchema bare = new ObjectSchema(name, keyPrefix, named ? List.of() : List.of(text("Name", 80)));
        objects.put(name, bare.with(fields));
    }

    private static ObjectSchema account() {
        return new ObjectSchema(
                "Account",
                "001",
                List.of(
                        text("Name", 255).asRequired(),
                        picklist("Type", "Prospect", "Customer - Direct", "Customer - Channel", "Partner", "Other"),
                        text("AccountNumber", 40),
                        text("Industry", SalesforceType.PICKLIST, 255),
                        text("Phone", SalesforceType.PHONE, 40),
                        text("Website", SalesforceType.URL, 255),
                        text("BillingCity", 40),
                        text("BillingCountry", 80),
                        currency("AnnualRevenue"),
                        integer("NumberOfEmployees"),
                        text("Description", SalesforceType.TEXTAREA, 32_000),
                        EXTERNAL_ID,
                        number("Health_Score__c", 18, 2),
                        currency("Lifetime_Value__c"),
                        date("Last_Order_Date__c")));
    }

    private static ObjectSchema contact() {
        return new ObjectSchema(
                "Contact",
                "003",
                List.of(
                        text("FirstName", 40),
                        text("LastName", 80).asRequired(),
                        text("Name", 121).asReadOnly(),
                        text("AccountId", SalesforceType.REFERENCE, 18),
                        text("Email", SalesforceType.EMAIL, 80),
                        text("Phone", SalesforceType.PHONE, 40),
                        text("Title", 128),
                        text("MailingCountry", 80),
                        EXTERNAL_ID));
    }

    private static ObjectSchema lead() {
        return new ObjectSchema(
                "Lead",
                "00Q",
                List.of(
                        text("FirstName", 40),
                        text("LastName", 80).asRequired(),
                        text("Name", 121).asReadOnly(),
                        text("Company", 255).asRequired(),
                        text("Email", SalesforceType.EMAIL, 80),
                        text("LeadSource", SalesforceType.PICKLIST, 255),
                        picklist(
                                "Status",
                                "Open - Not Contacted",
                                "Working - Contacted",
                                "Closed - Converted",
                                "Closed - Not Converted"),
                        EXTERNAL_ID));
    }

    private static ObjectSchema opportunity() {
        return new ObjectSchema(
                "Opportunity",
                "006",
                List.of(
                        text("Name", 120).asRequired(),
                        text("AccountId", SalesforceType.REFERENCE, 18),
                        text("StageName", SalesforceType.PICKLIST, 255).asRequired(),
                        currency("Amount"),
                        percent("Probability"),
                        date("CloseDate").asRequired(),
                        checkbox("IsPrivate"),
                        EXTERNAL_ID));
    }
}
