package io.millrace.engine.model;

import java.util.List;
import java.util.Optional;

/** Runs random cases through the model and another simulator, and tells where they differ. */
final class Comparing {
  /** Makes a case that never ends end soon, with a doubt. */
  private static final int MAX_PASSES = 50;

  private final Simulator other;

  Comparing(Simulator other) {
    this.other = other;
  }

  /** What is to be read of a case on which the two differ. */
  record Found(long seed, Case shrunk, List<String> differences) {
    String text() {
      return "seed "
          + seed
          + ", made small:\n"
          + CaseText.of(shrunk)
          + "\n"
          + String.join("\n", differences);
    }
  }

  /** The first of so many cases on which the two differ, made as small as can be. */
  Optional<Found> find(long firstSeed, int cases) {
    for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
      Case story = Generator.make(seed);
      if (differs(story)) {
        Case shrunk = new Shrinker(this::differs).shrink(story);
        return Optional.of(new Found(seed, shrunk, differences(shrunk)));
      }
    }
    return Optional.empty();
  }

  /** A case of which the model isn't sure proves nothing; most made smaller do not differ. */
  private boolean differs(Case story) {
    return Model.tell(story, MAX_PASSES).doubts().isEmpty()
        && !differences(story).isEmpty()
        && Model.isSure(story, MAX_PASSES);
  }

  private List<String> differences(Case story) {
    Result expected = Model.tell(story, MAX_PASSES).result();
    try {
      return Difference.between(expected, other.run(story));
    } catch (RuntimeException e) {
      return List.of("expected a result, but it failed: " + e);
    }
  }
}
