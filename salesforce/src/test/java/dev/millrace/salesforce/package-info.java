@NullMarked
package dev.millrace.salesforce;

import org.jspecify.annotations.NullMarked;
