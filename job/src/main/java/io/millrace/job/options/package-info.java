/**
 * What an operator can say about the job: every option, where its value came from, and the checked
 * settings that come of them.
 *
 * <p>No Kafka client is made here and nothing of the topology is known. Start at {@link
 * io.millrace.job.options.JobOptions}, which is the list of all options.
 */
@NullMarked
package io.millrace.job.options;

import org.jspecify.annotations.NullMarked;
