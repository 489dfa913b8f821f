package io.millrace.engine.model;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.definition.Properties;
import io.millrace.definition.Push;
import io.millrace.definition.Setting;
import io.millrace.evaluation.GivenParams;
import io.millrace.evaluation.ParamSource;
import io.millrace.protocol.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What runs do, told once more and plainly: an interpreter of the specification over a tree that it
 * changes, one thing after another. It is for comparison only, so it is slow and keeps all in
 * memory.
 *
 * <p>Where the specification leaves room for two readings, the model takes one and says so in
 * {@link #doubts}; such cases are not to be compared. Left out: signals, schedules, permits,
 * breakpoints, pause.
 */
final class Model {
  private static final int SHUFFLES = 8;

  final Agenda agenda;
  final Params params;
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

  private Model(Case story, int maxPasses, Agenda.Order order) {
    this.story = story;
    this.agenda = new Agenda(order);
    this.params = new Params(agenda, this::doubt);
    this.whiles = new Whiles(this, maxPasses);
    this.outcomes = new Outcomes(story.outcomes());
  }

  /**
   * What came of a case.
   *
   * @param instance the status of the started instance over all its runs (3.4)
   * @param doubts where the specification has two readings
   */
  record Told(Result result, RunStatus instance, Set<String> doubts) {}

  /**
   * Whether the model stands for what it tells: it has no doubts, and the order of what happens at
   * one instant makes no difference.
   */
  static boolean isSure(Case story, int maxPasses) {
    List<Push> pushes = read(story);
    Told told = new Model(story, maxPasses, Agenda.Order.FIRST_COME).tell(pushes);
    return told.doubts().isEmpty()
        && orders()
            .map(order -> new Model(story, maxPasses, order).tell(pushes).result())
            .allMatch(told.result()::equals);
  }

  private static Stream<Agenda.Order> orders() {
    return Stream.concat(
        Stream.of(Agenda.Order.LAST_EVENT_FIRST, Agenda.Order.DEPTH_FIRST, Agenda.Order.TOGETHER),
        LongStream.range(0, SHUFFLES).mapToObj(Agenda.Order::shuffled));
  }

  static Told tell(Case story) {
    return tell(story, Whiles.MAX_PASSES);
  }

  static Told tell(Case story, int maxPasses) {
    return tell(story, maxPasses, Agenda.Order.FIRST_COME);
  }

  static Told tell(Case story, int maxPasses, Agenda.Order order) {
    return new Model(story, maxPasses, order).tell(read(story));
  }

  private Told tell(List<Push> pushes) {
    pushes.forEach(this::push);
    Flow flow = flows.get(story.start());
    Actions actions = new Actions(this);
    for (Action action : story.actions()) {
      agenda.at(action.atMs(), Agenda.Kind.ACTION, () -> actions.take(action, flow));
    }
    agenda.at(0, Agenda.Kind.START, () -> start(story.start(), story.params()));
    for (Start start : story.starts()) {
      agenda.at(start.atMs(), Agenda.Kind.START, () -> start(start.workflow(), start.params()));
    }
    agenda.run(story.untilMs());
    RunStatus instance = Aggregates.of(roots.get(roots.size() - 1));
    Result result = new Telling(this::doubt).of(roots);
    return new Told(result, instance, Set.copyOf(doubts));
  }

  private static List<Push> read(Case story) {
    return story.definitions().stream().map(Model::read).toList();
  }

  private static Push read(String text) {
    DefinitionReading reading = DefinitionReader.read(text);
    return reading
        .push()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Expected a valid definition, but " + reading.problems() + ": " + text));
  }

  private void push(Push push) {
    Properties properties = push.properties();
    if (push.workflow().instanceStepConcurrency() != null
        || (properties != null && properties.stepConcurrency() != null)) {
      doubt("a limit of steps, which the model does not heed");
    }
    Flow flow = flows.computeIfAbsent(push.workflow().id(), Flow::new);
    Flow.Version version = new Flow.Version(flow, push.workflow());
    flow.versions.add(version);
    if (push.active()) {
      flow.active = version;
    }
    if (properties != null) {
      flow.properties = properties;
    }
  }

  /** A start takes the active version (Maestro semantics 1.6); of nothing, it is refused. */
  private void start(String workflow, Map<String, Object> params) {
    Flow flow = flows.get(workflow);
    if (flow == null) {
      return;
    }
    GivenParams given = new GivenParams(ParamSource.LAUNCH, Params.literals(params));
    Flow.Version version = flow.version("default").orElseThrow();
    Run run = subworkflows.instance(version, null, false, given);
    roots.add(run);
    queues.arrive(run);
  }

  void doubt(String about) {
    doubts.add(about);
  }

  /** What is written down; texts that a run fills in are left out of the model. */
  <T> T known(Setting<T> setting, T otherwise) {
    if (setting.known().isEmpty()) {
      doubt("a setting that a param gives");
    }
    return setting.known().orElse(otherwise);
  }
}
