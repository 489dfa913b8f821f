/**
 * What a workflow is: the records of a definition, the reader, the checks and the writer of a push.
 *
 * <p>No Flink, no clock, no I/O beyond the text handed in; of Jackson the streaming parser only, in
 * {@code SourceParser}, and the generator, in {@code TreePrinter}. Start reading at {@link
 * io.millrace.definition.WorkflowDefinition}, then {@link io.millrace.definition.DefinitionReader}.
 */
@NullMarked
package io.millrace.definition;

import org.jspecify.annotations.NullMarked;
