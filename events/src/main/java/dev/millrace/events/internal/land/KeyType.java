package dev.millrace.events.internal.land;

/** What the keys of a topic are. */
public enum KeyType {
    /** UTF-8; a key that is not comes as {@code \x} and hexadecimal digits. */
    TEXT,
    BYTES
}
