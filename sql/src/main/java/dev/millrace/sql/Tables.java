package dev.millrace.sql;

import java.util.List;
import java.util.Optional;

/** Finds the tables that queries name. */
@FunctionalInterface
public interface Tables {
    /**
     * @param path the name as written: table; schema and table; or database, schema and table
     * @return the table; empty if nothing is known of it
     */
    Optional<TableShape> find(List<String> path);
}
