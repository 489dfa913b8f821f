package io.millrace.engine.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Runs random cases through the model and another simulator, and tells where they differ. */
public final class Comparing {
  /** Makes a case that never ends end soon, with a doubt. */
  private static final int MAX_PASSES = 50;

  private final Simulator other;

  public Comparing(Simulator other) {
    this.other = other;
  }

  /** What is to be read of a case on which the two differ. */
  public record Found(long seed, Case shrunk, List<String> differences) {
    public String text() {
      return "seed "
          + seed
          + ", made small:\n"
          + CaseText.of(shrunk)
          + "\n"
          + String.join("\n", differences);
    }
  }

  /**
   * The first of so many seeds on whose cases the two differ, made as small as can be. All cores
   * look for it, and find the same as one would.
   */
  public Optional<Found> find(long firstSeed, int seeds) {
    OptionalLong first =
        LongStream.range(firstSeed, firstSeed + seeds)
            .parallel()
            .filter(seed -> differing(seed).isPresent())
            .findFirst();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    long seed = first.getAsLong();
    Case shrunk = new Shrinker(this::differs).shrink(differing(seed).orElseThrow());
    Result told = Model.tell(shrunk, MAX_PASSES).result();
    return Optional.of(new Found(seed, shrunk, differences(shrunk, told)));
  }

  /**
   * The case of a seed, if the two differ on it. That the model is sure is looked at only if they
   * do: where the order of one instant matters, agreeing is no less worth.
   */
  private Optional<Case> differing(long seed) {
    for (Case story : Generator.cases(seed)) {
      Model.Told told = Model.tell(story, MAX_PASSES);
      if (told.doubts().isEmpty()) {
        if (differences(story, told.result()).isEmpty()) {
          return Optional.empty();
        } else if (Model.isSure(story, MAX_PASSES)) {
          return Optional.of(story);
        }
      }
    }
    throw Generator.noCase(seed);
  }

  /** A case of which the model isn't sure proves nothing; most made smaller do not differ. */
  private boolean differs(Case story) {
    Model.Told told = Model.tell(story, MAX_PASSES);
    return told.doubts().isEmpty()
        && !differences(story, told.result()).isEmpty()
        && Model.isSure(story, MAX_PASSES);
  }

  private List<String> differences(Case story, Result expected) {
    try {
      return Difference.between(expected, other.run(story));
    } catch (RuntimeException | AssertionError e) {
      return List.of("expected a result, but it failed: " + e);
    }
  }
}
