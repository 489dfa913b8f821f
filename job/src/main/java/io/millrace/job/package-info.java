/**
 * The running job: its topology and its main class.
 *
 * <p>Only wiring: what a workflow does is the engine's, how it is remembered the operators'. Start
 * at {@link io.millrace.job.MillraceJob}, then {@link io.millrace.job.Topology}.
 */
@NullMarked
package io.millrace.job;

import org.jspecify.annotations.NullMarked;
