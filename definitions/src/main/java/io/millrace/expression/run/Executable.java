package io.millrace.expression.run;

import io.millrace.expression.Failed;
import io.millrace.expression.Failure;
import io.millrace.expression.FailureCode;
import io.millrace.expression.Meter;
import io.millrace.expression.Outcome;
import io.millrace.expression.Scope;
import io.millrace.expression.Surroundings;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import io.millrace.expression.value.Values;

/** A program made ready: without state, so that any number of threads may run it. */
public final class Executable {
  private final Step program;
  private final int variables;
  private final Position end;

  Executable(Step program, int variables, Position end) {
    this.program = program;
    this.variables = variables;
    this.end = end;
  }

  /** Runs it; whatever goes wrong is the outcome, and touches nothing else. */
  public Outcome run(Scope scope, Surroundings surroundings, Meter meter) {
    Frame frame = new Frame(scope, surroundings, meter, variables, end);
    try {
      program.run(frame);
      Value result = frame.value;
      frame.at = end;
      requireResult(result, meter, 0);
      requirePrintable(result);
      return new Outcome.Result(result);
    } catch (Failed failed) {
      return new Outcome.NoResult(failed.failure(frame.at));
    } catch (StackOverflowError overflow) {
      // The last resort behind the bounds on depth: the frame is thrown away with all it holds.
      return failed(frame, FailureCode.DEPTH_LIMIT, "Expected less depth, but the stack is full.");
    } catch (RuntimeException bug) {
      return failed(
          frame,
          FailureCode.INTERNAL,
          "Expected the evaluation to succeed or fail by the rules, but it ended with "
              + bug.getClass().getSimpleName()
              + ".");
    }
  }

  private static Outcome failed(Frame frame, FailureCode code, String message) {
    return new Outcome.NoResult(new Failure(code, message, frame.at));
  }

  /** Who is given the result may print it: that must not be what fails. */
  private static void requirePrintable(Value result) {
    if (result.type().isArray() || result.type() == Type.MAP) {
      result.text();
    }
  }

  /** Counts as it goes: maps that share their parts are a larger result than they look. */
  private static void requireResult(Value value, Meter meter, int depth) {
    meter.visit();
    if (depth > Values.MAX_DEPTH) {
      throw new Failed(
          FailureCode.DEPTH_LIMIT,
          "Expected a result at most " + Values.MAX_DEPTH + " levels deep, but it is deeper.");
    }
    boolean missing = value == Value.Null.NULL && depth > 0;
    if (!missing && !Compiler.canLeave(value.type())) {
      throw new Failed(FailureCode.NO_RESULT, Compiler.noResult(value.type()));
    }
    if (value instanceof Value.Text text) {
      meter.visits(text.value().length() / 16);
    } else if (value instanceof Value.Array array) {
      for (int i = 0; i < array.length(); i++) {
        requireResult(array.get(i), meter, depth + 1);
      }
    } else if (value instanceof Value.Dict map) {
      for (Value held : map.entries().values()) {
        requireResult(held, meter, depth + 1);
      }
    }
  }
}
