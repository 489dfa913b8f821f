package io.millrace.engine.run;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.expression.Expression;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Parsed definitions by the hash of their text: a memo, never state. Used by one thread.
 *
 * <p>Empty after a crash; the texts are in the runs.
 */
public final class DagCache {
  /** Definitions kept parsed. */
  public static final int DEFAULT_SIZE = 512;

  private final Map<String, Dag> bySha256;
  private final Function<String, Expression> expressions;

  /**
   * @param expressions compiles, or remembers what it compiled
   */
  public DagCache(int size, Function<String, Expression> expressions) {
    this.expressions = expressions;
    bySha256 =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Dag> eldest) {
            return size() > size;
          }
        };
  }

  /** The parsed form of the text that {@code sha256} names; the text is read only if need be. */
  public Dag get(String sha256, Supplier<String> text) {
    Dag known = bySha256.get(sha256);
    if (known != null) {
      return known;
    }
    DefinitionReading reading = DefinitionReader.readStored(text.get());
    Dag dag =
        new Dag(
            reading
                .push()
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "Expected a stored definition to be valid, but: " + reading.problems()))
                .workflow(),
            expressions);
    bySha256.put(sha256, dag);
    return dag;
  }
}
