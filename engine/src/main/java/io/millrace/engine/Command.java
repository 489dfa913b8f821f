package io.millrace.engine;

/**
 * One message, delivered.
 *
 * @param message what is said
 * @param at epoch millis of the host's clock; a machine's own time never runs backwards, see {@link
 *     Turn#at()}
 * @param room whether the loop is shallow enough for new runs to be launched now; an observation of
 *     the host like the time, so that admission is decided in keyed state
 * @param upSince epoch millis; since when the host has been listening without a break. What others
 *     sent before may still be on its way, however long ago that was
 */
public record Command(Message message, long at, boolean room, long upSince) {}
