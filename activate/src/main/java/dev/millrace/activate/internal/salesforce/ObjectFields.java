package dev.millrace.activate.internal.salesforce;

import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.config.SyncMode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.Suggestion;
import dev.millrace.salesforce.FieldDescription;
import dev.millrace.salesforce.ObjectDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mapped fields as Salesforce describes them.
 *
 * @param fields one per line of the mapping, in its order
 * @param key the line that identifies a record
 */
record ObjectFields(List<FieldDescription> fields, MappedField key, FieldDescription keyField) {
    private static final String ID = "Id";

    ObjectFields {
        fields = List.copyOf(fields);
    }

    boolean keyIsId() {
        return keyField.name().equals(ID);
    }

    /** @throws MillraceException with everything about the mapping that does not fit the object */
    static ObjectFields check(Sync sync, ObjectDescription object) {
        Problems problems = new Problems();
        List<FieldDescription> fields = new ArrayList<>();
        for (MappedField line : sync.mapping()) {
            Optional<FieldDescription> field = object.field(line.field());
            field.ifPresentOrElse(fields::add, () -> problems.add(unknown(line, object)));
        }
        problems.throwIfAny();
        int at = sync.keys().isEmpty()
                ? findKey(sync, object, fields)
                : sync.mapping().indexOf(sync.keys().get(0));
        ObjectFields checked = new ObjectFields(fields, sync.mapping().get(at), fields.get(at));
        SyncMode mode = sync.options().mode();
        problems.collect(() -> checked.checkKey(mode, object));
        for (int i = 0; i < fields.size(); i++) {
            if (i != at) {
                MappedField line = sync.mapping().get(i);
                FieldDescription field = fields.get(i);
                problems.collect(() -> checked.checkWritable(line, field, mode));
            }
        }
        problems.throwIfAny();
        return checked;
    }

    private static MillraceException unknown(MappedField line, ObjectDescription object) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "object '" + object.name() + "' has no field '" + line.field() + "'",
                line.fieldPosition(),
                Suggestion.hint(
                        line.field(),
                        object.fields().stream().map(FieldDescription::name).toList()),
                null);
    }

    private static int findKey(Sync sync, ObjectDescription object, List<FieldDescription> fields) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(ID)) {
                return i;
            }
        }
        List<FieldDescription> candidates =
                fields.stream().filter(FieldDescription::externalId).toList();
        if (candidates.isEmpty()) {
            candidates = fields.stream().filter(FieldDescription::idLookup).toList();
        }
        if (candidates.size() == 1) {
            return fields.indexOf(candidates.get(0));
        }
        String names = String.join(
                ", ", candidates.stream().map(FieldDescription::name).toList());
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                candidates.isEmpty()
                        ? "no mapped field identifies a record of '" + object.name() + "'"
                        : "several mapped fields identify a record of '" + object.name() + "': " + names,
                sync.destination().objectPosition(),
                candidates.isEmpty()
                        ? "Map a column to Id or to an external id field" + known(object) + "."
                        : "Say which one under 'destination:', such as external_id: "
                                + candidates.get(0).name() + ".",
                null);
    }

    private static String known(ObjectDescription object) {
        List<String> names = object.fields().stream()
                .filter(FieldDescription::externalId)
                .map(FieldDescription::name)
                .toList();
        return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
    }

    private void checkKey(SyncMode mode, ObjectDescription object) {
        if (keyIsId() && mode == SyncMode.INSERT) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "a sync that inserts cannot have Id as its key: Salesforce gives new records their Id",
                    key.fieldPosition(),
                    "Map a column to an external id field" + known(object) + ".",
                    null);
        }
        if (!keyIsId() && !keyField.externalId() && !keyField.idLookup()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + keyField.name() + "' is not an external id of '" + object.name() + "'",
                    key.fieldPosition(),
                    "Mark the field as External ID in Salesforce, or name another key" + known(object) + ".",
                    null);
        }
    }

    private void checkWritable(MappedField line, FieldDescription field, SyncMode mode) {
        boolean onlyUpdates = keyIsId() || mode == SyncMode.UPDATE;
        boolean writable;
        String what;
        if (mode == SyncMode.INSERT) {
            writable = field.createable();
            what = "set when a record is created";
        } else if (onlyUpdates) {
            writable = field.updateable();
            what = "updated";
        } else {
            writable = field.createable() || field.updateable();
            what = "written";
        }
        if (!writable) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "field '" + field.name() + "' cannot be " + what,
                    line.fieldPosition(),
                    "It is read-only, or the user of this connection may not edit it: remove it from the mapping or"
                            + " grant access.",
                    null);
        }
    }
}
