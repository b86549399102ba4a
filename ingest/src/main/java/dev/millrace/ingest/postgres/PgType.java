package dev.millrace.ingest.postgres;

/**
 * A row of {@code pg_type}.
 *
 * @param kind {@code typtype}: b base, c composite, d domain, e enum, r range, m multirange, p pseudo
 * @param category {@code typcategory}: A array, S text …
 * @param element of an array; 0 otherwise
 * @param base of a domain; 0 otherwise
 * @param baseModifier {@code typtypmod} of a domain
 * @param dimensions {@code typndims} of a domain over an array
 */
record PgType(
        long oid,
        String namespace,
        String name,
        char kind,
        char category,
        long element,
        long base,
        int baseModifier,
        int dimensions) {
    boolean builtIn() {
        return namespace.equals("pg_catalog");
    }
}
