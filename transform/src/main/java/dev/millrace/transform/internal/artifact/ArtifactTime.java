package dev.millrace.transform.internal.artifact;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as dbt's artifacts have them: UTC with six digits, which is what readers in Python parse. */
public final class ArtifactTime {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private ArtifactTime() {}

    public static String of(Instant moment) {
        return FORMAT.format(moment);
    }
}
