package io.millrace.cli;

import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import io.millrace.protocol.RunView.StepView;
import io.millrace.protocol.StepStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** Runs to show, and where to show them. */
final class Views {
  static final String UUID = "5f0c0000-0000-0000-0000-000000000000";

  private Views() {}

  static RunView run(RunStatus status, StepView... steps) {
    boolean over = status.isTerminal();
    return new RunView(
        "etl",
        7,
        1,
        "etl/7:1",
        UUID,
        3,
        status,
        over && status != RunStatus.SUCCEEDED ? "Step load failed." : null,
        null,
        1_000,
        2_000L,
        over ? 14_345L : null,
        Map.of("day", new ParamValue.Int(20260101)),
        List.of(steps),
        Map.of(),
        status == RunStatus.FAILED ? List.of("etl/7/per-shop/3:1/load@2") : List.of());
  }

  static StepView step(String id, StepStatus status, long attempts, String message) {
    boolean waits = status.isRetrying();
    return new StepView(
        id,
        status,
        attempts,
        2_000L,
        status.isTerminal() ? 2_250L : null,
        waits ? "It waits for its next attempt." : null,
        message.isEmpty() ? null : message,
        null,
        null,
        null,
        Map.of());
  }

  /** What a verb prints. */
  static final class Screen {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    Output output(boolean json) {
      return new Output(new PrintWriter(out), new PrintWriter(err), json);
    }

    String out() {
      return out.toString().replace(System.lineSeparator(), "\n");
    }

    String err() {
      return err.toString().replace(System.lineSeparator(), "\n");
    }
  }
}
