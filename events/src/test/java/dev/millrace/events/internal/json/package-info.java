@org.jspecify.annotations.NullMarked
package dev.millrace.events.internal.json;
