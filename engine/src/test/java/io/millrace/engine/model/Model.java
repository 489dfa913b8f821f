package io.millrace.engine.model;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.definition.Push;
import io.millrace.evaluation.GivenParams;
import io.millrace.evaluation.ParamSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What runs do, told once more and plainly: an interpreter of the specification over a tree that it
 * changes, one thing after another. It is for comparison only, so it is slow and keeps all in
 * memory.
 *
 * <p>Where the specification leaves room for two readings, the model takes one and says so in
 * {@link #doubts}; such cases are not to be compared. Left out: signals, schedules, permits,
 * breakpoints, pause, and the strategies {@link Queues} does not name.
 */
final class Model {
  final Agenda agenda = new Agenda();
  final Params params = new Params(agenda);
  final Runs runs = new Runs(this);
  final Steps steps = new Steps(this);
  final Foreaches foreaches = new Foreaches(this);
  final Whiles whiles;
  final Subworkflows subworkflows = new Subworkflows(this);
  final Queues queues = new Queues(this);
  final Restarts restarts = new Restarts(this);
  final Outcomes outcomes;
  final Map<String, Flow> flows = new LinkedHashMap<>();

  /** Runs that no step started, in order. */
  final List<Run> roots = new ArrayList<>();

  private final Set<String> doubts = new LinkedHashSet<>();
  private final Case story;

  private Model(Case story, int maxPasses) {
    this.story = story;
    this.whiles = new Whiles(this, maxPasses);
    this.outcomes = new Outcomes(story.outcomes());
  }

  /** What came of a case, and where the specification has two readings of it. */
  record Told(Result result, Set<String> doubts) {}

  static Told tell(Case story) {
    return tell(story, Whiles.MAX_PASSES);
  }

  static Told tell(Case story, int maxPasses) {
    return new Model(story, maxPasses).tell();
  }

  private Told tell() {
    story.definitions().forEach(this::push);
    Flow flow = flows.get(story.start());
    Actions actions = new Actions(this);
    for (Action action : story.actions()) {
      agenda.at(action.atMs(), Agenda.Kind.ACTION, () -> actions.take(action, flow));
    }
    agenda.at(0, Agenda.Kind.START, () -> start(flow));
    agenda.run(story.untilMs());
    return new Told(new Telling().of(roots), Set.copyOf(doubts));
  }

  private void push(String text) {
    DefinitionReading reading = DefinitionReader.read(text);
    if (reading.push().isEmpty()) {
      throw new IllegalArgumentException(
          "Expected a valid definition, but " + reading.problems() + ": " + text);
    }
    Push push = reading.push().get();
    Flow flow = flows.computeIfAbsent(push.workflow().id(), Flow::new);
    Flow.Version version = new Flow.Version(flow, push.workflow());
    flow.versions.add(version);
    if (push.active()) {
      flow.active = version;
    }
    if (push.properties() != null) {
      flow.properties = push.properties();
    }
  }

  /** A start takes the active version (Maestro semantics 1.6). */
  private void start(Flow flow) {
    GivenParams given = new GivenParams(ParamSource.LAUNCH, Params.literals(story.params()));
    Flow.Version version = flow.version("default").orElseThrow();
    Run run = subworkflows.instance(version, null, false, given);
    roots.add(run);
    queues.arrive(run);
  }

  void doubt(String about) {
    doubts.add(about);
  }
}
