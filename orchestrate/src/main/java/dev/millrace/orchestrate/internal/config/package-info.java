/** pipelines.yml, and the schedules that nodes imply. */
@NullMarked
package dev.millrace.orchestrate.internal.config;

import org.jspecify.annotations.NullMarked;
