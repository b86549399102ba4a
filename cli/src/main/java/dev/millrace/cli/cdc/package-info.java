/** What the command says of connectors. */
@NullMarked
package dev.millrace.cli.cdc;

import org.jspecify.annotations.NullMarked;
