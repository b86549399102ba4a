package dev.millrace.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.time.Duration;
import java.time.Instant;

/**
 * Tries damaged YAML files for as long as asked, and prints those that end in anything but an error with its place, or
 * not soon. CONTRIBUTING.md says how to start it.
 */
final class Fuzz {
    private static final Duration SLOW = Duration.ofSeconds(3);

    private Fuzz() {}

    /** Everything a reader does with a file: its values are read, made plain, and written out. */
    static void readsOrFailsCleanly(String text) {
        try {
            YamlNode node = YamlReader.parse(text, "random.yml");
            assertThat(node.position().line()).as(text).isPositive();
            assertThat(node.describe()).as(text).isNotEmpty();
            assertThat(String.valueOf(node.toJava())).as(text).isNotNull();
        } catch (MillraceException expected) {
            assertThat(expected.code()).as(text).isEqualTo(ErrorCode.YAML_SYNTAX);
            assertThat(expected.text()).as(text).isNotBlank().doesNotEndWith(" null");
            assertThat(expected.position()).as(text).hasValueSatisfying(position -> {
                assertThat(position.file()).isEqualTo("random.yml");
                assertThat(position.line()).as(expected.text()).isBetween(1, lines(text));
                assertThat(position.column()).as(expected.text()).isPositive();
            });
        }
    }

    /** YAML 1.1 knows more line breaks than Java, and an error may stand behind the last. */
    private static int lines(String text) {
        return 2
                + (int) text.chars()
                        .filter(c -> "\n\r\u0085\u2028\u2029".indexOf(c) >= 0)
                        .count();
    }

    /** @param arguments minutes, and the first seed */
    public static void main(String[] arguments) {
        Instant end = Instant.now().plus(Duration.ofMinutes(Long.parseLong(arguments[0])));
        long seed = Long.parseLong(arguments[1]);
        long count = 0;
        while (Instant.now().isBefore(end)) {
            RandomYaml files = new RandomYaml(seed++);
            for (int i = 0; i < 1000; i++) {
                count++;
                tryOne(files.next());
            }
        }
        System.out.println(count + " files, seeds " + arguments[1] + " to " + (seed - 1));
    }

    private static void tryOne(String text) {
        Instant start = Instant.now();
        try {
            readsOrFailsCleanly(text);
        } catch (Throwable failure) {
            System.out.println("FAILED " + failure + "\n" + text + "\n----");
        }
        if (Duration.between(start, Instant.now()).compareTo(SLOW) > 0) {
            System.out.println("SLOW\n" + text + "\n----");
        }
    }
}
