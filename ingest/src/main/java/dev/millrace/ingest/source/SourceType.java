package dev.millrace.ingest.source;

import dev.millrace.core.yaml.YamlMap;
import java.util.Map;

/** A kind of source: what {@code type:} names. Stateless. */
public interface SourceType {
    /** The value of {@code type}. */
    String name();

    /**
     * Reads the settings; connects to nothing.
     *
     * @param name of the entry under {@code sources:}
     * @param settings rendered
     * @param environment what the process was started with, for defaults such as {@code PGPASSWORD}
     * @throws dev.millrace.core.MillraceException CONFIG_INVALID or CONFIG_MISSING at the setting that is wrong
     */
    Source source(String name, YamlMap settings, Map<String, String> environment);
}
