package dev.millrace.transform.internal.artifact;

import java.util.List;
import java.util.function.Function;

/**
 * A JSON object of so many entries that each is made when it is written, and by all cores.
 *
 * @param value gives what stands under an item's key; called from several threads
 */
record Streamed<T>(List<T> items, Function<T, String> key, Function<T, Object> value) {}
