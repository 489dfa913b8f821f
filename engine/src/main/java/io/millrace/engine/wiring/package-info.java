/**
 * Puts the machines together, for every host alike.
 *
 * <p>No decisions here. Start at {@link io.millrace.engine.wiring.EngineMachines}.
 */
@NullMarked
package io.millrace.engine.wiring;

import org.jspecify.annotations.NullMarked;
