/** The warehouse as templates see it, with its cache of relations. */
@NullMarked
package dev.millrace.transform.internal.adapter;

import org.jspecify.annotations.NullMarked;
