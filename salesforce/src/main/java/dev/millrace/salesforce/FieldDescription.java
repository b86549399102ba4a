package dev.millrace.salesforce;

import java.util.List;

/**
 * A field as Salesforce describes it.
 *
 * @param type Salesforce's name of the type: {@code string}, {@code double}, {@code datetime}, {@code picklist}…
 * @param length the most characters, for text
 * @param precision the digits in all, for decimal numbers
 * @param scale the digits behind the point
 * @param digits the most digits, for {@code int}
 * @param picklistValues the active values of a picklist
 */
public record FieldDescription(
        String name,
        String label,
        String type,
        String soapType,
        int length,
        int precision,
        int scale,
        int digits,
        boolean nillable,
        boolean createable,
        boolean updateable,
        boolean externalId,
        boolean idLookup,
        boolean unique,
        boolean restrictedPicklist,
        boolean compound,
        List<String> picklistValues) {
    public FieldDescription {
        picklistValues = List.copyOf(picklistValues);
    }
}
