/** The operational data of the demo's shop: the same on every machine, and changed in the same way in every round. */
@NullMarked
package dev.millrace.testkit.shop;

import org.jspecify.annotations.NullMarked;
