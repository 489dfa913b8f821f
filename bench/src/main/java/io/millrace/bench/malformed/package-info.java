/**
 * Records that nobody should send, and the proof that each of them is answered.
 *
 * <p>No process is started here. Start at {@link io.millrace.bench.malformed.MalformedLoad}.
 */
@NullMarked
package io.millrace.bench.malformed;

import org.jspecify.annotations.NullMarked;
