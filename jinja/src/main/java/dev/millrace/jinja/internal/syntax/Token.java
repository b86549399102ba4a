package dev.millrace.jinja.internal.syntax;

/**
 * A token of a template.
 *
 * @param text the name, the operator, or the decoded text of a string or of data
 * @param value the value of a number, else the text
 * @param start offset of the first character in the source
 * @param end offset after the last character
 */
record Token(Kind kind, String text, Object value, int start, int end) {
    enum Kind {
        DATA("template data / text"),
        VARIABLE_BEGIN("begin of print statement"),
        VARIABLE_END("end of print statement"),
        BLOCK_BEGIN("begin of statement block"),
        BLOCK_END("end of statement block"),
        NAME("name"),
        STRING("string"),
        INTEGER("integer"),
        FLOAT("float"),
        OPERATOR("operator"),
        EOF("end of template");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** How messages call this token. */
    String describe() {
        return kind == Kind.NAME || kind == Kind.OPERATOR ? text : kind.description();
    }
}
