@NullMarked
package dev.millrace.testkit.shop;

import org.jspecify.annotations.NullMarked;
