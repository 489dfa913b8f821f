/**
 * How things are written down: the documents of machines, the messages on their way, the records
 * that leave, each with a serializer of its own that reads all its earlier forms.
 *
 * <p>No decision and no routing; only here are Flink's serializers touched, and Java class names of
 * stored types never reach the bytes. Start at {@link io.millrace.operators.state.StoredTypes},
 * then {@link io.millrace.operators.state.StoredDocument} for why one unreadable document concerns
 * one instance only.
 */
@NullMarked
package io.millrace.operators.state;

import org.jspecify.annotations.NullMarked;
