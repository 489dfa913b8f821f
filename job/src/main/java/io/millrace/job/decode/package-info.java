/**
 * Turns records of the input topics into messages for machines, and what cannot be one into a dead
 * letter and a refusal.
 *
 * <p>No client and no Flink operator in here, and no decision about a workflow: only whether a
 * record can be understood, and for whom it is. Nothing in here throws for what a record holds.
 * Start at {@link io.millrace.job.decode.CommandDecoder}.
 */
@NullMarked
package io.millrace.job.decode;

import org.jspecify.annotations.NullMarked;
