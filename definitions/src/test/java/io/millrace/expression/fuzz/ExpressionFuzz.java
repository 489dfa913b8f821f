package io.millrace.expression.fuzz;

import io.millrace.expression.JailbreakCorpus;
import java.util.List;

/** Fuzzes expressions for so many minutes: {@code ExpressionFuzz <minutes> <first seed>}. */
public final class ExpressionFuzz {
  private ExpressionFuzz() {}

  /** The attempts of the jailbreak corpus, to be mutated. */
  static List<String> corpus() {
    return JailbreakCorpus.attempts().stream().map(JailbreakCorpus.Attempt::expression).toList();
  }

  public static void main(String[] arguments) {
    long minutes = Long.parseLong(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    long end = System.nanoTime() + minutes * 60_000_000_000L;
    Fuzzing fuzzing = new Fuzzing(new ExpressionTarget(corpus()));
    System.out.println("Fuzzing for " + minutes + " minutes from seed " + seed);
    long[] shown = {System.nanoTime()};
    fuzzing.run(
        seed,
        () -> {
          if (System.nanoTime() - shown[0] > 60_000_000_000L) {
            shown[0] = System.nanoTime();
            System.out.println(fuzzing.figures());
          }
          return System.nanoTime() < end;
        });
    System.out.println(fuzzing.figures());
    System.exit(fuzzing.failures().isEmpty() ? 0 : 1);
  }
}
