/** What a model looks like to a layer that builds it in a way of its own, without knowing of templates. */
@NullMarked
package dev.millrace.warehouse.model;

import org.jspecify.annotations.NullMarked;
