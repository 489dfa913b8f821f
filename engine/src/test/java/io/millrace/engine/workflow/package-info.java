/** The workflow machine alone: what it sends to its instances is looked at, not carried out. */
@NullMarked
package io.millrace.engine.workflow;

import org.jspecify.annotations.NullMarked;
