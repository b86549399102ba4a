/** The demo: a shop with a database and a CRM of its own. */
@NullMarked
package dev.millrace.cli.demo;

import org.jspecify.annotations.NullMarked;
