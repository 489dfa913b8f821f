package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.expression.Expression;
import io.millrace.expression.ExpressionLimits;
import io.millrace.expression.FailureCode;
import io.millrace.expression.Outcome;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Surroundings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;

/**
 * What a piece of work takes of the processor, as a multiple of an ordinary one that uses up all
 * the fuel of an expression. A time in seconds would say as much about the machine as about the
 * work, and fail on one that is slow or shared.
 */
public final class Effort {
  /**
   * The most that hostile input may take. The worst that is known takes a sixth of it; what escapes
   * its meter and grows with a power of its input takes more by orders of magnitude.
   */
  public static final double MOST = 50;

  /** Goes of one piece of work: whatever else the machine does only ever adds to one. */
  private static final int GOES = 3;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long MEASURE = lowest(Effort::spendAllFuel, 0);

  private Effort() {}

  /** The work's least effort of a few goes; the first one within {@link #MOST} is enough. */
  public static double of(Runnable work) {
    return (double) lowest(work, Math.round(MOST * MEASURE)) / MEASURE;
  }

  /** Nanoseconds of the thread's processor time. */
  private static long lowest(Runnable work, long enough) {
    long lowest = Long.MAX_VALUE;
    for (int go = 0; go < GOES && lowest >= enough; go++) {
      long begun = THREADS.getCurrentThreadCpuTime();
      work.run();
      lowest = Math.min(lowest, THREADS.getCurrentThreadCpuTime() - begun);
    }
    return lowest;
  }

  private static void spendAllFuel() {
    String text = "x = 0; while (true) { x = 0; for (i = 0; i < 20000; i += 1) { x += i; } }";
    Outcome outcome =
        Expression.compile(text, ExpressionLimits.DEFAULT)
            .evaluate(name -> Optional.empty(), new Surroundings(0, "seed", ParamFunctions.NONE));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.NoResult.class,
            ended -> assertThat(ended.failure().code()).isEqualTo(FailureCode.FUEL));
  }
}
