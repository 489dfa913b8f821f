/**
 * Whole stories of workflows in domain words, on a virtual clock: what is given, what happens, what
 * is then true.
 *
 * <p>No JSON, no message and no key of a document may be seen in a story; after each one the
 * invariants are checked. Start at {@link io.millrace.engine.scenario.Scenario}.
 */
@NullMarked
package io.millrace.engine.scenario;

import org.jspecify.annotations.NullMarked;
