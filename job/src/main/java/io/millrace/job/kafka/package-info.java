/**
 * The job's side of Kafka: topics made at start, sources of commands, sinks of what machines say.
 *
 * <p>No record is understood in here, and no decision about a workflow is made. Start at {@link
 * io.millrace.job.kafka.TopicSetup}, then {@link io.millrace.job.kafka.KafkaEnds}.
 */
@NullMarked
package io.millrace.job.kafka;

import org.jspecify.annotations.NullMarked;
