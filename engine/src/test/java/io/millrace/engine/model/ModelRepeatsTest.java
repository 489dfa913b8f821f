package io.millrace.engine.model;

/** The same case gives the same result, also after it has been read anew. */
final class ModelRepeatsTest extends ModelComparison {
  @Override
  Simulator simulator() {
    return story -> Simulator.MODEL.run(story.definitions(story.definitions()));
  }
}
