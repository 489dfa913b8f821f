/**
 * The records on the Kafka topics and their JSON: requests in; tasks, reports, replies, timeline
 * and dead letters. The schemas users read are in {@code definitions/schemas}.
 *
 * <p>Only data and its JSON: what a record does to a run is the engine's business. The job, the
 * command line and the workers share these records, so there is no second model of them. Start at
 * {@link io.millrace.protocol.Topics}.
 */
@NullMarked
package io.millrace.protocol;

import org.jspecify.annotations.NullMarked;
