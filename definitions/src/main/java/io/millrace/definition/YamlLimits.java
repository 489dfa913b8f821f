package io.millrace.definition;

/**
 * The limits of a YAML text beside {@link DefinitionLimits}: what its aliases may make of it. A
 * text without aliases keeps the last two by its size alone.
 *
 * @param maxAliases aliases in the text
 * @param maxNodes keys and values with every alias replaced by what it stands for
 * @param maxExpandedChars characters of keys and values with every alias replaced
 */
record YamlLimits(int maxAliases, int maxNodes, int maxExpandedChars) {
  static final YamlLimits DEFAULT = new YamlLimits(50, 1 << 21, 1 << 20);
}
