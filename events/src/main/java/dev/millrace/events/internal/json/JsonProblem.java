package dev.millrace.events.internal.json;

/** Why a value is no JSON object that can be taken. Without a stack trace: a topic may hold many. */
public final class JsonProblem extends Exception {
    private static final long serialVersionUID = 1L;

    public JsonProblem(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
