/**
 * What a workflow is: the records of a definition, the reader and the checks of a push.
 *
 * <p>No Flink, no clock, no I/O beyond the text handed in; of Jackson the streaming parser only, in
 * {@code SourceParser}. Start reading at {@link io.millrace.definition.WorkflowDefinition}, then
 * {@link io.millrace.definition.DefinitionReader}.
 */
@NullMarked
package io.millrace.definition;

import org.jspecify.annotations.NullMarked;
