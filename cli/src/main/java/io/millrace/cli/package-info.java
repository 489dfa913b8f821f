/**
 * The {@code millrace} command: one small class for each verb, which asks the running system over
 * Kafka and prints what it answers, for people or as one JSON document.
 *
 * <p>Only picocli, kafka-clients and the protocol's records come in: what a run does next is never
 * decided here, and no state is kept between two calls. Start at {@link io.millrace.cli.Millrace},
 * then {@code Conversation}.
 */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
