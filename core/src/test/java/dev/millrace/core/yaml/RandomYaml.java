package dev.millrace.core.yaml;

import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Valid YAML files with random damage, the same for the same seed. */
final class RandomYaml {
    private static final int MAX_CHARACTERS = 20_000;

    private static final List<String> FILES = List.of("""
            version: 2
            models:
              - name: orders
                description: "{{ doc('orders') }}"
                config: {materialized: incremental, tags: [daily, 'core'], meta: {owner: ~}}
                columns:
                  - name: id
                    data_tests:
                      - unique
                      - accepted_values:
                          arguments:
                            values: [1, 0x1F, 012, 1_000, 0b101, 190:20:30]
                  - name: day
                    description: >-
                      The day it
                      was made.

                      And no other.
            """, """
            shop:
              target: "{{ env_var('TARGET', 'dev') }}"
              outputs:
                dev: &dev
                  type: duckdb
                  path: 'shop.duckdb'
                  threads: 4
                prod:
                  <<: *dev
                  path: "\\x41\\u00e9\\U0001F600.duckdb"
            """, """
            ? plain
            : !!int 7
            ? "quoted"
            : !!float 1e3
            dates: [2024-02-29, 2024-05-01T10:00:00Z, 2024-05-01 10:00:00.5 +02:00]
            numbers: [.inf, -.inf, .nan, 1.5e+3, 99999999999999999999, -0, +12]
            flags: [yes, No, on, OFF, true, ~, null]
            both:
              <<: [&a {x: 1, <<: {z: 3}}, &b {x: 2, y: 2}]
              again: *a
            """, """
            # a comment
            sources:
              - {name: raw, tables: [{name: t1}, {name: t2, loaded_at_field: "at::timestamp"}]}
            text: |
              {% if a %}
                b: c
              {% endif %}
            kept: |+2
               two

            stripped: >-
              folded
              text
            """);

    private static final List<String> PIECES = List.of(
            ":",
            ": ",
            "- ",
            "? ",
            ", ",
            "[",
            "]",
            "{",
            "}",
            "#",
            "&",
            "*",
            "!",
            "!!",
            "|",
            ">",
            "'",
            "\"",
            "%",
            "@",
            "`",
            "\n",
            "\n\n",
            "\r",
            "\t",
            "  ",
            "---\n",
            "...\n",
            "%YAML 1.1\n---\n",
            "%TAG ! tag:x,1:\n",
            "&a ",
            "*a",
            "&b ",
            "*b",
            "<<: ",
            "<<: *a\n",
            "<<: [*a, *b]\n",
            "!!int ",
            "!!float ",
            "!!bool ",
            "!!null ",
            "!!timestamp ",
            "!!str ",
            "!!seq ",
            "!!map ",
            "!!set ",
            "!!omap ",
            "!!binary ",
            "!!merge ",
            "!<tag:x>",
            "!!python/object:x ",
            "0x",
            "0b",
            "0o7",
            "08",
            "-",
            "+",
            "_",
            ".",
            "1:60",
            "-1:2:3",
            "1e999",
            "9999-99-99",
            "2024-02-30",
            "2024-01-01T25:61:61+99:99",
            "{{ x }}",
            "{% y %}",
            "\\x",
            "\\ud800",
            "\\UFFFFFFFF",
            "\0",
            "\u0007",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uD800",
            "é",
            "😀",
            "null",
            "~",
            "yes",
            "[[[[[[[[[[",
            "{a: {a: {a: ",
            "- - - - - - ");

    private final Random random;

    RandomYaml(long seed) {
        random = new Random(seed);
    }

    /** A file with one to eight places damaged, now and then one of aliases only. */
    String next() {
        if (random.nextInt(20) == 0) {
            return aliases();
        }
        StringBuilder text = new StringBuilder(pick(FILES));
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            damage(text);
        }
        text.setLength(Math.min(text.length(), MAX_CHARACTERS));
        return text.toString();
    }

    private void damage(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(40));
        switch (random.nextInt(7)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
            case 2 -> text.insert(at, pick(PIECES).repeat(random.nextInt(8) == 0 ? 1 + random.nextInt(60) : 1));
            case 3 -> text.replace(at, end, pick(PIECES));
            case 4 -> text.insert(lineStart(text, at), " ".repeat(1 + random.nextInt(4)));
            case 5 -> text.replace(at, Math.min(text.length(), at + 1), Character.toString(random.nextInt(0x300)));
            default -> text.insert(lineStart(text, at), pick(FILES));
        }
    }

    private static int lineStart(StringBuilder text, int at) {
        return text.lastIndexOf("\n", Math.max(0, at - 1)) + 1;
    }

    /** Values made of the ones before them: small files that stand for big values, or for themselves. */
    private String aliases() {
        StringBuilder text = new StringBuilder("v0: &v0 ")
                .append(pick(List.of("{}", "[]", "{k: 1}", "[1, 2]", "x")))
                .append('\n');
        int count = 2 + random.nextInt(40);
        int each = 1 + random.nextInt(9);
        String shape = pick(List.of("[%s]", "{<<: [%s]}", "[[[%s]]]", "{a: {b: [%s]}}", "{<<: {<<: [%s]}}"));
        for (int i = 1; i <= count; i++) {
            int last = random.nextInt(200) == 0 ? i : i - 1;
            String inside = String.join(", ", Collections.nCopies(each, "*v" + last));
            text.append(String.format("v%d: &v%d %s%n", i, i, String.format(shape, inside)));
        }
        return text.toString();
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
