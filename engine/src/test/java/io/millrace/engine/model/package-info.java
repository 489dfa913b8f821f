/**
 * A second, slow and plain account of what runs do, and random workflows to compare the engine with
 * it. Nothing here may know a class of the engine: what the two share is the definitions and their
 * params. Start at {@link io.millrace.engine.model.Model}, and for the comparison at {@link
 * io.millrace.engine.model.Simulator}.
 */
@NullMarked
package io.millrace.engine.model;

import org.jspecify.annotations.NullMarked;
