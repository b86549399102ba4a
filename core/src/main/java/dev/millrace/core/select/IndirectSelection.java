package dev.millrace.core.select;

/** Which tests are chosen along with the nodes they test; dbt's {@code --indirect-selection}. */
public enum IndirectSelection {
    /** Every test of which any input is chosen. */
    EAGER,
    /** Only tests of which all inputs are chosen. */
    CAUTIOUS,
    /** Only tests of which all inputs are chosen or upstream of what is. */
    BUILDABLE,
    /** Only tests that are chosen by themselves. */
    EMPTY
}
