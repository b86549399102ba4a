package dev.millrace.events.internal.json;

/** Takes the fields of an object in the order they stand in. */
@FunctionalInterface
public interface FieldSink {
    /**
     * One field; its value is the scanner's current one.
     *
     * @param name holds the name as UTF-8, valid only during the call
     * @return whether to go on; if not, what follows is not looked at
     */
    boolean field(byte[] name, int offset, int length, JsonScanner value) throws JsonProblem;
}
