package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.KafkaBroker;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process that lands is killed at random points while messages come, some of them unreadable, some with new fields,
 * and the broker is killed, too; what the next run leaves in the warehouse must be the truth.
 */
class EventsCrashIT {
    private static final int KILLS = 6;
    private static final int MESSAGES = 15_000;

    @TempDir
    Path folder;

    @Test
    void after_kills_at_random_points_every_message_is_there_once() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int sent = 0;
        Path brokerFolder = folder.resolve("kafka");
        KafkaBroker broker = KafkaBroker.start(BrokerSettings.of(brokerFolder, 0));
        TestProject project = TestProject.of(folder, broker, "[events]");
        TestTopics topics = new TestTopics(broker);
        try {
            topics.create("events", 3);
            for (int round = 0; round < KILLS; round++) {
                Process process = start();
                for (int i = 0; i < MESSAGES; i += 500) {
                    topics.send("events", messages(sent, round));
                    sent += 500;
                }
                if (round == KILLS / 2) {
                    broker.kill();
                    broker.close();
                    broker = KafkaBroker.start(BrokerSettings.of(brokerFolder, 0));
                }
                process.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
            }
            assertThat(project.land().error()).as("seed %d", seed).isEmpty();
        } finally {
            topics.close();
            broker.close();
        }
        int rejected = sent / 500;
        assertThat(project.rows("select count(*), count(distinct id), min(id), max(id),"
                        + " count(distinct (_millrace_partition, _millrace_offset)) from raw.events"))
                .as("seed %d", seed)
                .containsExactly(
                        (sent - rejected) + "|" + (sent - rejected) + "|1|" + (sent - 1) + "|" + (sent - rejected));
        assertThat(project.rows("select count(*), count(distinct (_millrace_partition, _millrace_offset))"
                        + " from raw.events__rejected"))
                .as("seed %d", seed)
                .containsExactly(rejected + "|" + rejected);
        assertThat(project.rows("select count(*) - count(distinct _millrace_batch_id) > 0,"
                        + " max(_millrace_batch_id) <= (select max(json_extract(value, '$.batch')::bigint) from _millrace.state)"
                        + " from raw.events"))
                .containsExactly("true|true");
    }

    /** 500 messages of which the first cannot be read; each round has a field of its own. */
    private static String[] messages(int from, int round) {
        String[] messages = new String[500];
        messages[0] = "poison " + from;
        for (int i = 1; i < messages.length; i++) {
            messages[i] = "{\"id\": " + (from + i) + ", \"round\": " + (round == 2 ? "2.5" : round) + ", \"field"
                    + round + "\": \"value\"}";
        }
        return messages;
    }

    private Process start() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LandMain.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.equals("working")) {
                return process;
            }
        }
        throw new AssertionError("it did not start: " + said);
    }
}
