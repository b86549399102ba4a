package dev.millrace.activate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.IntSupplier;

/** Kills the process of a mirror at points it does not choose, and lets it go on. */
final class KilledSync {
    private static final int KILLS = 3;

    private final Path folder;
    private final IntSupplier progress;
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** @param progress grows with what the destination has taken */
    KilledSync(Path folder, IntSupplier progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** What has to be so after the sync was killed and has gone on. */
    interface Check {
        void of(SyncRig rig, String context);
    }

    /** @param steps in which the progress grows when every row is sent */
    void killAndGoOn(int rows, int steps, Check check) throws IOException, InterruptedException {
        try (SyncRig rig = SyncRig.open(folder)) {
            rig.sql("create table main.tenants as select 't' || i as tenant_no, (i % 1000)::decimal(10,2) as rent"
                    + " from range(" + rows + ") r(i)");
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            int after = 1 + random.nextInt(steps - 1);
            String context = "seed " + seed + ", kill " + kill + " after " + after + " steps";
            int before = progress.getAsInt();
            Process process = SyncProcess.start(folder);
            await(context)
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> progress.getAsInt() - before >= after || !process.isAlive());
            process.destroyForcibly().waitFor();

            try (SyncRig rig = SyncRig.open(folder)) {
                NodeResult result = rig.run();

                assertThat(result.status())
                        .as(context + ": " + result.message())
                        .isEqualTo(Status.SUCCESS);
                check.of(rig, context);
                assertThat(rig.run().message()).as(context).startsWith("sent 0 of");
                rig.sql("update main.tenants set rent = rent + 1");
                rig.sql("update main.tenants set tenant_no = 'n" + kill + "-' || tenant_no where rent % 100 = " + kill);
            }
        }
    }
}
