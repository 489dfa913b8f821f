/**
 * When a schedule fires: cron expressions.
 *
 * <p>No clock and no triggers, which are part of definitions. Start at {@link
 * io.millrace.schedule.CronExpression}.
 */
@NullMarked
package io.millrace.schedule;

import org.jspecify.annotations.NullMarked;
