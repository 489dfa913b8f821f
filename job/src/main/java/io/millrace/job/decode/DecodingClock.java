package io.millrace.job.decode;

import java.io.Serializable;

/** Tells when a record was refused; travels with the job, as Java's own clocks need not. */
@FunctionalInterface
public interface DecodingClock extends Serializable {
  long millis();
}
