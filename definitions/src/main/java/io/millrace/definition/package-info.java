/**
 * What a workflow is: the records of a definition, the reader and the checks of a push.
 *
 * <p>No Flink, no clock, no I/O beyond the text handed in. Start reading at {@code
 * WorkflowDefinition}.
 */
@NullMarked
package io.millrace.definition;

import org.jspecify.annotations.NullMarked;
