/** Carries out nodes: compiles, materializes, tests, loads. */
@NullMarked
package dev.millrace.transform.internal.run;

import org.jspecify.annotations.NullMarked;
