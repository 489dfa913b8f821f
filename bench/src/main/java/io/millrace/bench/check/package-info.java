/**
 * The checker of what is promised: it reads only the topics, and says what is lost, doubled, out of
 * order or unanswered.
 *
 * <p>It knows nothing of how the load was made or of the job's state. Start at {@link
 * io.millrace.bench.check.CheckTopics}.
 */
@NullMarked
package io.millrace.bench.check;

import org.jspecify.annotations.NullMarked;
