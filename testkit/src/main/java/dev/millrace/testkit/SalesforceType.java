package dev.millrace.testkit;

/** The kinds of a field that {@link SalesforceService} knows, with the names that Salesforce's describe gives them. */
public enum SalesforceType {
    ID("id", "tns:ID"),
    STRING("string", "xsd:string"),
    TEXTAREA("textarea", "xsd:string"),
    EMAIL("email", "xsd:string"),
    PHONE("phone", "xsd:string"),
    URL("url", "xsd:string"),
    PICKLIST("picklist", "xsd:string"),
    REFERENCE("reference", "tns:ID"),
    BOOLEAN("boolean", "xsd:boolean"),
    INT("int", "xsd:int"),
    DOUBLE("double", "xsd:double"),
    CURRENCY("currency", "xsd:double"),
    PERCENT("percent", "xsd:double"),
    DATE("date", "xsd:date"),
    DATETIME("datetime", "xsd:dateTime");

    private final String describeName;
    private final String soapType;

    SalesforceType(String describeName, String soapType) {
        this.describeName = describeName;
        this.soapType = soapType;
    }

    public String describeName() {
        return describeName;
    }

    public String soapType() {
        return soapType;
    }

    /** Whether values are character strings. */
    public boolean isText() {
        return switch (this) {
            case ID, STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST, REFERENCE -> true;
            case BOOLEAN, INT, DOUBLE, CURRENCY, PERCENT, DATE, DATETIME -> false;
        };
    }

    /** Whether values are numbers. */
    public boolean isNumber() {
        return switch (this) {
            case INT, DOUBLE, CURRENCY, PERCENT -> true;
            case ID, STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST, REFERENCE, BOOLEAN, DATE, DATETIME -> false;
        };
    }
}
