package io.millrace.operators.state;

/**
 * Which life of the system this is: (epoch, address, sequence) names an event of the timeline once
 * and for all, although a restore from a savepoint hands out sequences again.
 *
 * @param number 1, and one more with each restore by another job
 * @param jobId of the job that counted
 */
public record Epoch(long number, String jobId) {

  /**
   * The epoch of job {@code jobId} that finds {@code stored} in the state it starts from: a
   * failover of the same job is no new life.
   */
  public static Epoch after(Iterable<Epoch> stored, String jobId) {
    Epoch latest = new Epoch(0, "");
    for (Epoch epoch : stored) {
      if (epoch.number() > latest.number()) {
        latest = epoch;
      }
    }
    return latest.jobId().equals(jobId) ? latest : new Epoch(latest.number() + 1, jobId);
  }
}
