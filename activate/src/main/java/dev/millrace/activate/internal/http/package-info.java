/** HTTP services, such as webhooks, as destinations. */
@NullMarked
package dev.millrace.activate.internal.http;

import org.jspecify.annotations.NullMarked;
