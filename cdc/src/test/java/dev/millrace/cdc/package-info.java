@org.jspecify.annotations.NullMarked
package dev.millrace.cdc;
