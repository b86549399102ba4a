@NullMarked
package dev.millrace.activate.internal.salesforce;

import org.jspecify.annotations.NullMarked;
