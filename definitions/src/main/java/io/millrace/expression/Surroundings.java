package io.millrace.expression;

/**
 * All that an evaluation can learn of the world besides the names in scope; fixed for one decision,
 * so that deciding again gives the same.
 *
 * @param now epoch millis of the command being decided
 * @param seed what random numbers and UUIDs derive from: address, identity of the causing command
 * @param functions of the {@code params} object
 */
public record Surroundings(long now, String seed, ParamFunctions functions) {}
