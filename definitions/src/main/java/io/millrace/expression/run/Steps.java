package io.millrace.expression.run;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Value;
import org.jspecify.annotations.Nullable;

/** Statements made ready. */
final class Steps {
  private static final int SHOWN_CHARS = 200;

  private Steps() {}

  /** One after the other, until one leaves. */
  static final class Sequence extends Step {
    private final Step[] steps;

    Sequence(Step[] steps) {
      this.steps = steps;
    }

    @Override
    Completion run(Frame frame) {
      frame.value = Value.Nothing.VOID;
      for (Step step : steps) {
        Completion completion = step.run(frame);
        if (completion != Completion.NORMAL) {
          return completion;
        }
      }
      return Completion.NORMAL;
    }
  }

  static final class Evaluate extends Step {
    private final Node node;

    Evaluate(Node node) {
      this.node = node;
    }

    @Override
    Completion run(Frame frame) {
      frame.value = node.run(frame);
      return Completion.NORMAL;
    }
  }

  static final class Declare extends Step {
    private final Node[] declarations;

    Declare(Node[] declarations) {
      this.declarations = declarations;
    }

    @Override
    Completion run(Frame frame) {
      for (Node declaration : declarations) {
        declaration.run(frame);
      }
      frame.value = Value.Nothing.VOID;
      return Completion.NORMAL;
    }
  }

  /** {@code if}, {@code else if} and so on: a list, so that its length is not depth. */
  static final class Branches extends Step {
    private final Node[] conditions;
    private final Step[] branches;
    private final @Nullable Step otherwise;

    Branches(Node[] conditions, Step[] branches, @Nullable Step otherwise) {
      this.conditions = conditions;
      this.branches = branches;
      this.otherwise = otherwise;
    }

    @Override
    Completion run(Frame frame) {
      Completion completion = chosen(frame);
      if (completion == Completion.NORMAL) {
        frame.value = Value.Nothing.VOID;
      }
      return completion;
    }

    private Completion chosen(Frame frame) {
      for (int i = 0; i < conditions.length; i++) {
        if (Operations.truth(conditions[i], frame)) {
          return branches[i].run(frame);
        }
      }
      return otherwise == null ? Completion.NORMAL : otherwise.run(frame);
    }
  }

  /** {@code while} and {@code for}. */
  static final class Loop extends Step {
    private final Position at;
    private final @Nullable Step begin;
    private final @Nullable Node condition;
    private final @Nullable Node update;
    private final Step body;

    Loop(
        Position at,
        @Nullable Step begin,
        @Nullable Node condition,
        @Nullable Node update,
        Step body) {
      this.at = at;
      this.begin = begin;
      this.condition = condition;
      this.update = update;
      this.body = body;
    }

    @Override
    Completion run(Frame frame) {
      if (begin != null) {
        begin.run(frame);
      }
      int passes = 0;
      int limit = frame.meter().limits().maxLoopPasses();
      while (condition == null || Operations.truth(condition, frame)) {
        frame.visit(at);
        if (passes == limit) {
          throw new Failed(
              FailureCode.LOOP_LIMIT,
              "Expected a loop of at most " + limit + " passes, but it would begin another.",
              at);
        }
        passes++;
        Completion completion = body.run(frame);
        if (completion == Completion.RETURN) {
          return completion;
        }
        if (completion == Completion.BREAK) {
          break;
        }
        if (update != null) {
          update.run(frame);
        }
      }
      frame.value = Value.Nothing.VOID;
      return Completion.NORMAL;
    }
  }

  /** {@code break} and {@code continue}. */
  static final class Jump extends Step {
    private final Position at;
    private final Completion completion;

    Jump(Position at, Completion completion) {
      this.at = at;
      this.completion = completion;
    }

    @Override
    Completion run(Frame frame) {
      frame.visit(at);
      return completion;
    }
  }

  static final class Return extends Step {
    private final Position at;
    private final @Nullable Node value;

    Return(Position at, @Nullable Node value) {
      this.at = at;
      this.value = value;
    }

    @Override
    Completion run(Frame frame) {
      frame.value = value == null ? Value.Nothing.VOID : value.run(frame);
      frame.visit(at);
      return Completion.RETURN;
    }
  }

  static final class Throw extends Step {
    private final Position at;
    private final Node reason;

    Throw(Position at, Node reason) {
      this.at = at;
      this.reason = reason;
    }

    @Override
    Completion run(Frame frame) {
      Value found = reason.run(frame);
      frame.visit(at);
      if (!(found instanceof Value.Text text)) {
        throw new Failed(FailureCode.TYPE, notThrowable(found.type().name()));
      }
      String shown =
          text.value().length() <= SHOWN_CHARS
              ? text.value()
              : text.value().substring(0, SHOWN_CHARS) + "...";
      throw new Failed(FailureCode.THROWN, "Expected a value, but the expression throws: " + shown);
    }
  }

  static String notThrowable(String type) {
    return "Expected a STRING after 'throw', but it is " + type + ".";
  }
}
