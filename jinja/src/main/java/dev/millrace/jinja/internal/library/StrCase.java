package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.internal.value.Sizes;
import dev.millrace.jinja.internal.value.Text;
import java.util.function.IntPredicate;

/** The methods of str about letters: case, predicates, padding. */
final class StrCase {
    private StrCase() {}

    static MethodTable<String> predicates(MethodTable<String> table) {
        return table.add("isdigit", "", (self, a) -> all(self, Character::isDigit))
                .add("isdecimal", "", (self, a) -> all(self, Character::isDigit))
                .add("isnumeric", "", (self, a) -> all(self, StrCase::isNumeric))
                .add("isalpha", "", (self, a) -> all(self, Character::isLetter))
                .add("isalnum", "", (self, a) -> all(self, c -> Character.isLetter(c) || isNumeric(c)))
                .add("isspace", "", (self, a) -> all(self, Text::isSpace))
                .add("isascii", "", (self, a) -> self.chars().allMatch(c -> c < 128))
                .add("isupper", "", (self, a) -> cased(self, Character::isUpperCase, Character::isLowerCase))
                .add("islower", "", (self, a) -> cased(self, Character::isLowerCase, Character::isUpperCase))
                .add("istitle", "", (self, a) -> self.equals(title(self)) && !self.equals(swap(self)))
                .add("isprintable", "", (self, a) -> self.codePoints().noneMatch(Character::isISOControl))
                .add("isidentifier", "", (self, a) -> isIdentifier(self));
    }

    static MethodTable<String> padding(MethodTable<String> table) {
        return table.add("center", "width, fillchar=' '", (self, a) -> center(self, a))
                .add("ljust", "width, fillchar=' '", (self, a) -> self + fill(self, a))
                .add("rjust", "width, fillchar=' '", (self, a) -> fill(self, a) + self)
                .add("zfill", "width", (self, a) -> zeroFill(self, a.integer(0)));
    }

    static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && (text.charAt(0) == '_' || Character.isLetter(text.codePointAt(0)))
                && text.codePoints().allMatch(c -> c == '_' || Character.isUnicodeIdentifierPart(c));
    }

    private static boolean isNumeric(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static boolean all(String text, IntPredicate test) {
        return !text.isEmpty() && text.codePoints().allMatch(test);
    }

    private static boolean cased(String text, IntPredicate wanted, IntPredicate unwanted) {
        return text.codePoints().anyMatch(wanted) && text.codePoints().noneMatch(unwanted);
    }

    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            boolean letter = Character.isLetter(c);
            out.appendCodePoint(!letter ? c : inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = letter;
        }
        return out.toString();
    }

    static String swap(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(c -> out.appendCodePoint(
                        Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c)));
        return out.toString();
    }

    private static String fill(String self, Arguments a) {
        int gap = a.integer(0) - Text.length(self);
        if (Text.length(a.string(1)) != 1) {
            throw JinjaException.type("The fill character must be exactly one character long");
        }
        Sizes.checkText(gap);
        return gap <= 0 ? "" : a.string(1).repeat(gap);
    }

    private static String center(String self, Arguments a) {
        return center(self, a.integer(0), a.string(1));
    }

    static String center(String self, int width, String fill) {
        int gap = width - Text.length(self);
        if (gap <= 0) {
            return self;
        }
        Sizes.checkText(gap);
        int left = gap / 2 + (gap & width & 1);
        return fill.repeat(left) + self + fill.repeat(gap - left);
    }

    private static String zeroFill(String self, int width) {
        int gap = width - Text.length(self);
        if (gap <= 0) {
            return self;
        }
        Sizes.checkText(gap);
        boolean signed = self.startsWith("-") || self.startsWith("+");
        return signed ? self.charAt(0) + "0".repeat(gap) + self.substring(1) : "0".repeat(gap) + self;
    }
}
