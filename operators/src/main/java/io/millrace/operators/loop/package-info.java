/**
 * An exactly-once feedback edge inside one Flink job: a head operator that is fed by its input and
 * by a channel, and a co-located sink that fills the channel and logs what is in flight.
 *
 * <p>Nothing here knows machines, messages or the engine: records are of any immutable type with a
 * key and a serializer that reads all its earlier versions. Start at {@link
 * io.millrace.operators.loop.Loop}, then {@link io.millrace.operators.loop.FeedbackChannel} for why
 * nothing is lost or doubled.
 */
@NullMarked
package io.millrace.operators.loop;

import org.jspecify.annotations.NullMarked;
