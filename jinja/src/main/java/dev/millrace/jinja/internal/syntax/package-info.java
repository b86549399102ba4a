/** From template text to the tree: lexer and parser. */
@NullMarked
package dev.millrace.jinja.internal.syntax;

import org.jspecify.annotations.NullMarked;
