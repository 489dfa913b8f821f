package io.millrace.definition;

import io.millrace.param.ParamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the signals that a step announces (Maestro semantics 7.4). */
final class SignalOutputReader {
  private final TextUses uses;
  private final SignalFields signals;
  private final ParamReader params;

  /** A reader whose texts are put into {@code uses}, those of the step. */
  SignalOutputReader(DefinitionLimits limits, Problems problems, TextUses uses) {
    this.uses = uses;
    this.signals = new SignalFields(limits, problems);
    this.params = new ParamReader(limits, problems, uses, TextUse.Purpose.OUTPUT);
  }

  /** The signals of the field {@code signal_outputs}, in the order they are announced. */
  List<SignalOutput> read(Fields step) {
    step.notYet("signal_outputs");
    List<SignalOutput> outputs = new ArrayList<>();
    for (Fields fields : signals.items(step, "signal_outputs")) {
      Optional<String> name = signals.name(fields, uses, TextUse.Purpose.OUTPUT);
      Map<String, ParamDefinition> indexed = signals.params(fields, "params", params);
      checkTypes(fields, indexed);
      Map<String, ParamDefinition> payload = signals.params(fields, "payload", params);
      fields.refuseOthers();
      outputs.add(new SignalOutput(name.orElse(""), indexed, payload));
    }
    return outputs;
  }

  private void checkTypes(Fields fields, Map<String, ParamDefinition> indexed) {
    if (fields.find("params").orElse(null) instanceof SourceNode.Obj written) {
      written
          .members()
          .forEach(
              (name, member) -> {
                ParamDefinition param = indexed.get(name);
                if (param != null) {
                  signals.isIndexed(param, member.value());
                }
              });
    }
  }
}
