/** Shows what a build would do and why. */
@NullMarked
package dev.millrace.cli.plan;

import org.jspecify.annotations.NullMarked;
