package io.millrace.definition;

/**
 * The limits of a definition.
 *
 * @param maxTextBytes UTF-8 bytes of the pushed text
 * @param maxNesting levels of objects and arrays
 * @param maxSteps step ids in a workflow, nested ones included
 * @param maxLoopDepth loops around a step; a run may be 10 deep with the workflow itself (Maestro
 *     semantics 2.10)
 * @param maxIdChars characters of a workflow, step or param id
 * @param maxNameChars characters of a name
 * @param maxTextChars characters of a description
 * @param maxParams params of a workflow or of a step
 * @param maxParamsChars characters of the params of a workflow or of a step, as written
 * @param maxNumberChars characters of a number, and decimal places of a DOUBLE either way
 * @param maxTriggers time triggers of a workflow, and signal triggers
 * @param maxStepSignals signal dependencies of a step, and signal outputs
 * @param maxSignalParams params of a signal that are matched, joined or sent, and entries of its
 *     payload
 * @param maxAlertTargets addresses of one kind in one place of the alerting
 * @param maxProblems problems told of one text, so that the answer to a push stays small
 */
public record DefinitionLimits(
    int maxTextBytes,
    int maxNesting,
    int maxSteps,
    int maxLoopDepth,
    int maxIdChars,
    int maxNameChars,
    int maxTextChars,
    int maxParams,
    int maxParamsChars,
    int maxNumberChars,
    int maxTriggers,
    int maxStepSignals,
    int maxSignalParams,
    int maxAlertTargets,
    int maxProblems) {
  public static final DefinitionLimits DEFAULT =
      new DefinitionLimits(
          1 << 20, 64, 300, 9, 128, 256, 16_384, 10_000, 750_000, 1_000, 100, 1_000, 128, 100, 100);
}
