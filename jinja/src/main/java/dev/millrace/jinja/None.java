package dev.millrace.jinja;

/** Python's {@code None}; a single value, so that no null ever travels through a template. */
public enum None {
    NONE;

    @Override
    public String toString() {
        return "None";
    }
}
