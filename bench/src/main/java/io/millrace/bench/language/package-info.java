/**
 * What the expression language and the definition reader cost, in one thread of one JVM.
 *
 * <p>Only definitions are measured here; nothing that needs Flink or Kafka comes in. CEL is
 * measured beside as a yardstick, in this package alone. Start at {@link
 * io.millrace.bench.language.LanguageBench}.
 */
@NullMarked
package io.millrace.bench.language;

import org.jspecify.annotations.NullMarked;
