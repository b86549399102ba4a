package dev.millrace.sql;

/** What a column of an answer has of a column it comes from. */
public enum Use {
    /** Its values as they are. */
    DIRECT,
    /** Something computed from its values. */
    DERIVED,
    /** Not its values: which rows it is computed from, or in which order. */
    INDIRECT;

    /** The use of a column that is used in both ways. */
    public Use and(Use other) {
        if (this == other || other == INDIRECT) {
            return this;
        }
        return this == INDIRECT ? other : DERIVED;
    }
}
