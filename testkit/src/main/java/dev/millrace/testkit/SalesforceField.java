package dev.millrace.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * A field of an object in {@link SalesforceService}.
 *
 * @param length the most characters, for text
 * @param precision the digits in all, for numbers
 * @param scale the digits behind the point, for numbers
 * @param values the allowed values, for a picklist; any value if empty
 * @param traits what else holds
 */
public record SalesforceField(
        String name,
        SalesforceType type,
        int length,
        int precision,
        int scale,
        List<String> values,
        List<Trait> traits) {

    /** What may hold for a field. */
    public enum Trait {
        REQUIRED,
        EXTERNAL_ID,
        UNIQUE,
        READ_ONLY
    }

    public SalesforceField {
        values = List.copyOf(values);
        traits = List.copyOf(traits);
    }

    public static SalesforceField text(String name, int length) {
        return new SalesforceField(name, SalesforceType.STRING, length, 0, 0, List.of(), List.of());
    }

    /** Text of another kind: an e-mail address, a phone number, a URL, a long text, a reference. */
    public static SalesforceField text(String name, SalesforceType type, int length) {
        return new SalesforceField(name, type, length, 0, 0, List.of(), List.of());
    }

    /** As in Salesforce's setup, {@code number(name, 18, 2)} has 16 digits before the point and 2 behind. */
    public static SalesforceField number(String name, int precision, int scale) {
        return new SalesforceField(name, SalesforceType.DOUBLE, 0, precision, scale, List.of(), List.of());
    }

    public static SalesforceField currency(String name) {
        return new SalesforceField(name, SalesforceType.CURRENCY, 0, 18, 2, List.of(), List.of());
    }

    public static SalesforceField percent(String name) {
        return new SalesforceField(name, SalesforceType.PERCENT, 0, 3, 0, List.of(), List.of());
    }

    public static SalesforceField integer(String name) {
        return new SalesforceField(name, SalesforceType.INT, 0, 9, 0, List.of(), List.of());
    }

    public static SalesforceField checkbox(String name) {
        return new SalesforceField(name, SalesforceType.BOOLEAN, 0, 0, 0, List.of(), List.of());
    }

    public static SalesforceField date(String name) {
        return new SalesforceField(name, SalesforceType.DATE, 0, 0, 0, List.of(), List.of());
    }

    public static SalesforceField datetime(String name) {
        return new SalesforceField(name, SalesforceType.DATETIME, 0, 0, 0, List.of(), List.of());
    }

    /** A picklist restricted to these values. */
    public static SalesforceField picklist(String name, String... values) {
        return new SalesforceField(name, SalesforceType.PICKLIST, 255, 0, 0, List.of(values), List.of());
    }

    /** The same field, but records can be found by it in an upsert. */
    public SalesforceField asExternalId() {
        return with(Trait.EXTERNAL_ID);
    }

    /** The same field, but a second record with the same value is refused. */
    public SalesforceField asUnique() {
        return with(Trait.UNIQUE);
    }

    /** The same field, but a record without it is refused. */
    public SalesforceField asRequired() {
        return with(Trait.REQUIRED);
    }

    /** The same field, but only the service itself writes it. */
    public SalesforceField asReadOnly() {
        return with(Trait.READ_ONLY);
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    public boolean isCustom() {
        return name.endsWith("__c");
    }

    /** {@code Health Score} for {@code Health_Score__c}. */
    public String label() {
        return (isCustom() ? name.substring(0, name.length() - 3) : name).replace('_', ' ');
    }

    private SalesforceField with(Trait trait) {
        List<Trait> more = new ArrayList<>(traits);
        more.add(trait);
        return new SalesforceField(name, type, length, precision, scale, values, more);
    }
}
