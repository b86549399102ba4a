package dev.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KilledStreamIT {
    private static final int BATCHES = 80;
    private static final int KILLS = 5;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {11})
    void killed_at_random_points_it_still_equals_its_query(long seed) throws Exception {
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            try (StreamProcess process = StreamProcess.start(folder, seed, BATCHES)) {
                process.await(Duration.ofMillis(900 + random.nextInt(1500)));
            }
        }
        try (StreamProcess process = StreamProcess.start(folder, seed, BATCHES)) {
            assertThat(process.await(Duration.ofSeconds(90)))
                    .as(() -> read(folder.resolve("process.log")))
                    .isZero();
        }
        try (StreamProject project = new StreamProject(folder)) {
            assertThat(project.number("select count(distinct _millrace_batch_id) from raw.events"))
                    .isEqualTo(BATCHES);
            StreamEqualsBatchTest.assertEqualsBatch(project);
            StreamEqualsBatchTest.assertDelta(project, folder);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
