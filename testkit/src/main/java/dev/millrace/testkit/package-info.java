/** Real servers for tests and for the demo: PostgreSQL and a SaaS API. */
@NullMarked
package dev.millrace.testkit;

import org.jspecify.annotations.NullMarked;
