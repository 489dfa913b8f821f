package io.millrace.engine.scenario;

import io.millrace.engine.step.StepBehavior;
import io.millrace.engine.step.StepContext;
import io.millrace.engine.step.StepTypes;
import io.millrace.protocol.Report;
import java.util.Map;

/**
 * Types of steps with a bug, beside those without: they throw when they begin, wake, are answered
 * or left.
 */
final class Broken implements StepBehavior {
  static final StepTypes TYPES =
      new StepTypes(
          Map.of(
              "noop", StepTypes.STANDARD.of("noop"),
              "sleep", StepTypes.STANDARD.of("sleep"),
              "brokenatbegin", new Broken(Moment.BEGIN),
              "brokenatdue", new Broken(Moment.DUE),
              "brokenatreport", new Broken(Moment.REPORT),
              "endless", new Broken(Moment.ENDLESS),
              "brokenattheend", new Broken(Moment.END)));

  private enum Moment {
    BEGIN,
    DUE,
    REPORT,
    END,
    ENDLESS
  }

  private final Moment moment;

  private Broken(Moment moment) {
    this.moment = moment;
  }

  @Override
  public void begin(StepContext step) {
    breakAt(Moment.BEGIN);
    if (moment == Moment.ENDLESS) {
      begin(step);
    }
    if (moment == Moment.REPORT) {
      step.dispatch(GivenStep.QUEUE);
    }
    step.running();
    step.wakeAt(step.at() + 1_000);
  }

  @Override
  public void due(StepContext step) {
    breakAt(Moment.DUE);
  }

  @Override
  public void reported(StepContext step, Report report) {
    breakAt(Moment.REPORT);
  }

  @Override
  public void abandoned(StepContext step, String reason) {
    breakAt(Moment.END);
    step.cancel(reason);
  }

  private void breakAt(Moment now) {
    if (moment == now) {
      throw new IllegalStateException("broken at " + now);
    }
  }
}
