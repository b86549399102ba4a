@NullMarked
package dev.millrace.testkit.internal.salesforce.soql;

import org.jspecify.annotations.NullMarked;
