package io.millrace.operators.state;

/**
 * What one subtask has there now, for its gauges.
 *
 * @param startsQueued starts that wait in the queues of workflows
 * @param runsOpen runs launched and not ended
 */
public record Tally(long startsQueued, long runsOpen) {
  public static final Tally NONE = new Tally(0, 0);

  public Tally plus(Tally other) {
    return new Tally(startsQueued + other.startsQueued, runsOpen + other.runsOpen);
  }
}
