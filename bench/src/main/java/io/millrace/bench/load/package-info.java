/**
 * A client that puts load on a running Millrace and hears what comes of it: used by the
 * measurements and by the crash tests.
 *
 * <p>Nothing here looks into the job; all goes through the topics. Start at {@link
 * io.millrace.bench.load.LoadClient}.
 */
@NullMarked
package io.millrace.bench.load;

import org.jspecify.annotations.NullMarked;
