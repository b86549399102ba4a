package dev.millrace.testkit.internal.salesforce;

import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceField.Trait;
import dev.millrace.testkit.SalesforceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An object's name, the first characters of its ids, and its fields; field names are found whatever their case. */
public final class ObjectSchema {
    static final String ID = "Id";
    static final String IS_DELETED = "IsDeleted";
    static final String CREATED = "CreatedDate";
    static final String MODIFIED = "LastModifiedDate";
    static final String STAMP = "SystemModstamp";

    private final String name;
    private final String keyPrefix;
    private final Map<String, SalesforceField> fields;

    ObjectSchema(String name, String keyPrefix, Collection<SalesforceField> own) {
        this.name = name;
        this.keyPrefix = keyPrefix;
        Map<String, SalesforceField> all = new LinkedHashMap<>();
        List<SalesforceField> ordered = new ArrayList<>();
        ordered.add(SalesforceField.text(ID, SalesforceType.ID, 18).asReadOnly());
        ordered.add(SalesforceField.checkbox(IS_DELETED).asReadOnly());
        ordered.addAll(own);
        ordered.add(SalesforceField.datetime(CREATED).asReadOnly());
        ordered.add(SalesforceField.datetime(MODIFIED).asReadOnly());
        ordered.add(SalesforceField.datetime(STAMP).asReadOnly());
        ordered.forEach(field -> all.put(field.name().toLowerCase(Locale.ROOT), field));
        this.fields = Collections.unmodifiableMap(all);
    }

    /** The same object with these fields added, or put in place of those with the same name. */
    ObjectSchema with(Collection<SalesforceField> more) {
        Map<String, SalesforceField> own = new LinkedHashMap<>();
        fields.values().stream()
                .filter(field ->
                        !List.of(ID, IS_DELETED, CREATED, MODIFIED, STAMP).contains(field.name()))
                .forEach(field -> own.put(field.name(), field));
        more.forEach(field -> own.put(field.name(), field));
        return new ObjectSchema(name, keyPrefix, own.values());
    }

    String name() {
        return name;
    }

    String keyPrefix() {
        return keyPrefix;
    }

    Collection<SalesforceField> fields() {
        return fields.values();
    }

    Optional<SalesforceField> field(String anyCase) {
        return Optional.ofNullable(fields.get(anyCase.toLowerCase(Locale.ROOT)));
    }

    /** Whether its Name is made of FirstName and LastName. */
    boolean hasPersonName() {
        return field("LastName").isPresent()
                && field("Name").filter(field -> field.is(Trait.READ_ONLY)).isPresent();
    }
}
