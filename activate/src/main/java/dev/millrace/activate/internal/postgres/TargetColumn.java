package dev.millrace.activate.internal.postgres;

/**
 * A column of the table a sync goes to.
 *
 * @param type as SQL writes it, without length or precision, so that a cast neither cuts nor rounds
 * @param scale digits after the point if the column keeps so many and no more; -1 if it does not say
 */
record TargetColumn(String name, String type, int scale, boolean generated) {
    boolean isArray() {
        return type.endsWith("[]");
    }

    boolean isBytes() {
        return type.equals("bytea");
    }

    boolean isWhole() {
        return type.equals("smallint") || type.equals("integer") || type.equals("bigint");
    }

    String sql() {
        return TargetTable.quote(name);
    }
}
