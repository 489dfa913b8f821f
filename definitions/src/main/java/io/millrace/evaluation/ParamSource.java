package io.millrace.evaluation;

import io.millrace.param.ParamMode;

/** Who said what a param is (Maestro semantics 4.7). */
public enum ParamSource {
  SYSTEM(Power.ANYTHING),
  TEMPLATE_SCHEMA(Power.ANYTHING),
  SYSTEM_INJECTED(Power.ANYTHING),
  SYSTEM_DEFAULT(Power.ANYTHING),
  DEFINITION(Power.START),
  SIGNAL(Power.START),
  TIME_TRIGGER(Power.START),
  OUTPUT_PARAMETER(Power.OUTPUT),
  LAUNCH(Power.START),
  RESTART(Power.RESTART),
  SUBWORKFLOW(Power.START),
  TEMPLATE(Power.START),
  FOREACH(Power.START),
  WHILE(Power.START),
  WORKFLOW_PARAMETER(Power.START);

  private final Power power;

  ParamSource(Power power) {
    this.power = power;
  }

  /** Whether it may change a param of this mode (4.4); the stages of the system may change all. */
  public boolean mayChange(ParamMode mode) {
    return switch (power) {
      case ANYTHING -> true;
      case START -> mode.compareTo(ParamMode.MUTABLE_ON_START) <= 0;
      case RESTART -> mode.compareTo(ParamMode.MUTABLE_ON_START_RESTART) <= 0;
      case OUTPUT -> mode == ParamMode.MUTABLE;
    };
  }

  /** Whether it is a stage of the system, which no mode binds. */
  public boolean isSystem() {
    return power == Power.ANYTHING;
  }

  /** Whether params of it are passed down by a parent, and given by no person or trigger. */
  public boolean isUpstream() {
    return switch (this) {
      case SUBWORKFLOW, FOREACH, WHILE, TEMPLATE -> true;
      case SYSTEM,
          TEMPLATE_SCHEMA,
          SYSTEM_INJECTED,
          SYSTEM_DEFAULT,
          DEFINITION,
          SIGNAL,
          TIME_TRIGGER,
          OUTPUT_PARAMETER,
          LAUNCH,
          RESTART,
          WORKFLOW_PARAMETER ->
          false;
    };
  }

  private enum Power {
    ANYTHING,
    START,
    RESTART,
    OUTPUT
  }
}
