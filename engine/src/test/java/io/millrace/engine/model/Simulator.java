package io.millrace.engine.model;

/** Something that runs a case: the engine in memory, the model, or a wrong one in a test. */
@FunctionalInterface
public interface Simulator {
  /** The model, for cases of which it has no doubt. */
  Simulator MODEL = story -> Model.tell(story).result();

  Result run(Case story);
}
