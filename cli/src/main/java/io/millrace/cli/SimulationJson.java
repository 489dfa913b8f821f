package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.simulation.play.SimulatedRun;
import io.millrace.engine.simulation.play.SimulatedStep;
import io.millrace.engine.simulation.play.SimulationResult;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.param.PlainValue;

/** A simulation as the one JSON document that is printed of it. */
final class SimulationJson {
  private SimulationJson() {}

  /**
   * The run's own object if there is one root run, else all of them.
   *
   * @param named whether the named workflow was started by the simulation
   */
  static JsonNode of(SimulationResult result, boolean named) {
    if (named && result.runs().size() == 1) {
      return run(result.runs().get(0));
    }
    ObjectNode document = Output.mapper().createObjectNode();
    ArrayNode runs = document.putArray("runs");
    result.runs().forEach(run -> runs.add(run(run)));
    return document;
  }

  private static ObjectNode run(SimulatedRun run) {
    ObjectNode node = Output.mapper().createObjectNode();
    if (run.parentStep() != null) {
      node.put("parent_step", run.parentStep());
    }
    if (run.iteration() != null) {
      node.put("iteration", run.iteration());
    }
    node.put("workflow_id", run.workflowId())
        .put("instance_id", run.instance())
        .put("run_id", run.run())
        .put("status", run.status().name())
        .put("elapsed_ms", run.elapsedMs());
    ObjectNode steps = node.putObject("steps");
    run.steps().forEach((id, step) -> steps.set(id, step(step)));
    ObjectNode counts = node.putObject("leaf_counts");
    run.leafCounts().forEach((status, count) -> counts.put(status.name(), count));
    ArrayNode children = node.putArray("children");
    run.children().forEach(child -> children.add(run(child)));
    // Nothing announces signals yet.
    node.putArray("signals");
    ArrayNode events = node.putArray("events");
    run.events().forEach(event -> events.add(Output.tree(event)));
    return node;
  }

  private static ObjectNode step(SimulatedStep step) {
    ObjectNode node =
        Output.mapper()
            .createObjectNode()
            .put("status", step.status().name())
            .put("attempts", step.attempts())
            .put("started_ms", step.startedMs())
            .put("ended_ms", step.endedMs())
            .put("waiting_for", step.waitingFor());
    ObjectNode params = node.putObject("params");
    step.params().forEach((name, value) -> params.set(name, plain(value)));
    return node;
  }

  /** A value as plain JSON: of a MAP an object of the plain values in it. */
  static JsonNode plain(ParamValue value) {
    if (value instanceof ParamValue.MapOfParams map) {
      ObjectNode node = Output.mapper().createObjectNode();
      map.value().forEach((name, param) -> node.set(name, plain(param)));
      return node;
    }
    return Output.mapper().valueToTree(PlainValue.of(value));
  }

  private static JsonNode plain(ParamDefinition param) {
    return param.content() instanceof ParamContent.Computed computed
        ? Output.mapper().getNodeFactory().textNode(computed.expression())
        : plain(param.literal());
  }
}
