package io.millrace.evaluation;

import io.millrace.param.ParamValue;
import java.util.Optional;

/**
 * What is in scope besides the params of the workflow and the step: {@code stepId__param} and
 * {@code signal__param} (Maestro semantics 4.5). The engine has it; nothing here changes while a
 * scope is evaluated.
 */
public interface Elsewhere {
  /** No other step and no signal. */
  Elsewhere NOWHERE =
      new Elsewhere() {
        @Override
        public boolean hasStep(String stepId) {
          return false;
        }

        @Override
        public Optional<ParamValue> ofStep(String stepId, String param) {
          return Optional.empty();
        }

        @Override
        public Optional<ParamValue> ofSignal(String signal, String param) {
          return Optional.empty();
        }
      };

  /** Whether a step of this id has finished, in this run or, when restarting, an earlier one. */
  boolean hasStep(String stepId);

  /** A param of a step for which {@link #hasStep} says yes. */
  Optional<ParamValue> ofStep(String stepId, String param);

  /** A param of the signal that started this run. */
  Optional<ParamValue> ofSignal(String signal, String param);
}
