package io.millrace.definition;

/**
 * The limits of a definition.
 *
 * @param maxTextBytes UTF-8 bytes of the pushed text
 * @param maxNesting levels of objects and arrays
 * @param maxSteps step ids in a workflow, nested ones included
 * @param maxIdChars characters of a workflow, step or param id
 * @param maxNameChars characters of a name
 * @param maxTextChars characters of a description
 * @param maxParams params of a workflow or of a step
 */
public record DefinitionLimits(
    int maxTextBytes,
    int maxNesting,
    int maxSteps,
    int maxIdChars,
    int maxNameChars,
    int maxTextChars,
    int maxParams) {
  public static final DefinitionLimits DEFAULT =
      new DefinitionLimits(1 << 20, 64, 300, 128, 256, 16_384, 10_000);
}
