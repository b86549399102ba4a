package dev.millrace.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

/**
 * Tries random templates for as long as asked, and prints those that end in anything but a template's error, or not
 * soon. CONTRIBUTING.md says how to start it.
 */
final class Fuzz {
    private static final JinjaEnvironment SMALL =
            JinjaEnvironment.builder().limits(new Limits(20_000, 50, 200_000)).build();
    private static final Duration SLOW = Duration.ofSeconds(3);

    private Fuzz() {}

    static void rendersOrFailsCleanly(String source) {
        try {
            SMALL.compile(source, "random").render(PythonGlobals.names());
        } catch (JinjaException expected) {
            assertThat(expected.position()).as(source).isPresent();
            assertThat(expected.kind()).as(source).isNotEqualTo(JinjaException.Kind.HOST);
        }
    }

    /** @param arguments minutes, and the first seed */
    public static void main(String[] arguments) {
        Instant end = Instant.now().plus(Duration.ofMinutes(Long.parseLong(arguments[0])));
        long seed = Long.parseLong(arguments[1]);
        long count = 0;
        while (Instant.now().isBefore(end)) {
            RandomTemplates templates = new RandomTemplates(seed++);
            for (int i = 0; i < 1000; i++) {
                count++;
                tryOne(templates.next());
            }
        }
        System.out.println(count + " templates, seeds " + arguments[1] + " to " + (seed - 1));
    }

    private static void tryOne(String source) {
        Instant start = Instant.now();
        try {
            rendersOrFailsCleanly(source);
        } catch (Throwable failure) {
            System.out.println("FAILED " + failure + "\n" + source + "\n----");
        }
        if (Duration.between(start, Instant.now()).compareTo(SLOW) > 0) {
            System.out.println("SLOW\n" + source + "\n----");
        }
    }
}
