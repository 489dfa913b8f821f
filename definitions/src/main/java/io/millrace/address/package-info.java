/**
 * How things are named: instances, runs and attempts as one line of text that users can type.
 *
 * <p>No behaviour beyond reading and writing that text. Start at {@link
 * io.millrace.address.RunAddress}.
 */
@NullMarked
package io.millrace.address;

import org.jspecify.annotations.NullMarked;
