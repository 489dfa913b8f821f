package io.millrace.engine.model;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.evaluation.EvaluatedParam;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A step of a run, with all its attempts. */
final class StepRun {
  final Run run;
  final StepDefinition definition;
  StepStatus status = StepStatus.CREATED;
  long attempts;
  @Nullable Long startedMs;
  @Nullable Long endedMs;
  Map<String, EvaluatedParam> params = Map.of();

  /** What led on to each successor, once the step is complete. */
  final Map<String, Boolean> conditions = new HashMap<>();

  /** How often each kind of failure was retried (Maestro semantics 2.13). */
  final Map<LeafOutcome.Failure, Integer> retries = new EnumMap<>(LeafOutcome.Failure.class);

  /** The answer, the end of the sleep or the next attempt that is to come. */
  Agenda.@Nullable Event next;

  Agenda.@Nullable Event timeout;
  boolean restartedByHand;

  /** The state of this step before a restart; null if there is none to go on from. */
  @Nullable StepRun before;

  /** What a restart means for the runs below. */
  Action.Policy below = Action.Policy.FRESH;

  /** Of a loop: the latest run of each iteration. */
  final Map<Long, Run> iterations = new TreeMap<>();

  /** Of a foreach: the iterations that are still to be launched. */
  final Deque<Long> toLaunch = new ArrayDeque<>();

  /** Of a foreach: the iterations launched in this attempt, in order. */
  final List<Long> launched = new ArrayList<>();

  boolean launchesNoMore;

  /** Of a foreach: when an iteration ended last, and when one failed. */
  long lastEndedMs = -1;

  long lastFailedMs = -1;

  /** Of a while: the values of the loop params at the start of each iteration. */
  final List<Map<String, ParamValue>> loopValues = new ArrayList<>();

  /** Of a subworkflow step: what it started. */
  @Nullable Run child;

  StepRun(Run run, StepDefinition definition) {
    this.run = run;
    this.definition = definition;
  }

  String id() {
    return definition.id();
  }

  /** Runs below that this step waits for and that are not over. */
  List<Run> openBelow() {
    List<Run> open = new ArrayList<>(iterations.values());
    if (child != null && child.sync) {
      open.add(child);
    }
    return open.stream().filter(below -> !below.status.isTerminal()).toList();
  }

  boolean anyIteration(RunStatus wanted) {
    return iterations.values().stream().anyMatch(iteration -> iteration.told() == wanted);
  }

  void callOff() {
    if (next != null) {
      next.callOff();
    }
    if (timeout != null) {
      timeout.callOff();
    }
  }

  boolean isLeaf() {
    return definition instanceof TypedStep;
  }

  /** The kind of step as a word, for messages. */
  String kind() {
    return definition.accept(
        new StepDefinition.Cases<String>() {
          @Override
          public String typed(TypedStep step) {
            return step.type();
          }

          @Override
          public String subworkflow(SubworkflowStep step) {
            return "subworkflow";
          }

          @Override
          public String foreach(ForeachStep step) {
            return "foreach";
          }

          @Override
          public String whileLoop(WhileStep step) {
            return "while";
          }
        });
  }
}
