package io.millrace.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.RunStrategy;
import io.millrace.definition.RunStrategy.Rule;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Message;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Starts, restarts, ends, stops and changed strategies made up by dice, against a plain model that
 * goes through all there is. The seed of a story that fails is in its message; the first seed can
 * be given as {@code -Dmillrace.seed}.
 */
final class RandomQueueTest {
  private static final long FIRST_SEED = Long.getLong("millrace.seed", 20_260_101L);
  private static final int STORIES = 60;
  private static final int EVENTS = 120;
  private static final List<RunStatus> ENDS =
      List.of(RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.STOPPED, RunStatus.TIMED_OUT);

  @Test
  void shouldDoWhatAPlainModelDoes() {
    System.out.println(
        "Random queues from seed " + FIRST_SEED + " to " + (FIRST_SEED + STORIES - 1));
    for (long seed = FIRST_SEED; seed < FIRST_SEED + STORIES; seed++) {
      try {
        new Story(seed).tell();
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("The story of seed " + seed + " failed.", failure);
      }
    }
  }

  /** What the strategies say, done the long way. */
  private static final class Model {
    private RunStrategy strategy = new RunStrategy(Rule.SEQUENTIAL, 1);
    private boolean room = true;
    private long last;
    private final TreeSet<Long> queued = new TreeSet<>();
    private final TreeSet<Long> running = new TreeSet<>();
    private final Set<Long> told = new HashSet<>();
    private final Set<Long> blocking = new HashSet<>();
    private final Map<Long, RunStatus> ended = new TreeMap<>();
    private final Map<Long, Long> runs = new TreeMap<>();
    private final TreeSet<Long> condemned = new TreeSet<>();
    private final List<String> said = new ArrayList<>();

    private String run(long instance) {
      return instance + ":" + runs.getOrDefault(instance, 1L);
    }

    void arrive(long instance) {
      switch (strategy.rule()) {
        case SEQUENTIAL, STRICT_SEQUENTIAL, PARALLEL -> queued.add(instance);
        case FIRST_ONLY -> {
          if (queued.isEmpty() && running.isEmpty() && condemned.isEmpty()) {
            queued.add(instance);
          } else {
            stop(instance);
          }
        }
        case LAST_ONLY -> {
          condemnAll();
          for (long each : running) {
            if (told.add(each)) {
              said.add("end " + run(each) + " STOPPED");
            }
          }
          queued.add(instance);
        }
        case SERIAL_LATEST_ONLY -> {
          condemnAll();
          queued.add(instance);
        }
      }
      leave();
    }

    void condemnAll() {
      condemned.addAll(queued);
      queued.clear();
    }

    void stop(long instance) {
      said.add("stop " + run(instance));
      queued.remove(instance);
      condemned.remove(instance);
      ended.put(instance, RunStatus.STOPPED);
    }

    void leave() {
      if (room) {
        List.copyOf(condemned).forEach(this::stop);
      }
      while (room && !queued.isEmpty() && running.size() < strategy.concurrency() && !isBlocked()) {
        long next = queued.pollFirst();
        said.add("launch " + run(next));
        running.add(next);
      }
    }

    private boolean isBlocked() {
      return strategy.rule() == Rule.STRICT_SEQUENTIAL && !blocking.isEmpty();
    }

    void end(long instance, RunStatus status) {
      running.remove(instance);
      told.remove(instance);
      ended.put(instance, status);
      if (status == RunStatus.FAILED) {
        blocking.add(instance);
      }
      leave();
    }

    void restart(long instance) {
      ended.remove(instance);
      blocking.remove(instance);
      runs.merge(instance, 2L, (run, two) -> run + 1);
      arrive(instance);
    }

    boolean mayBecome(RunStrategy to) {
      if (to.rule() == strategy.rule()) {
        return true;
      }
      return switch (to.rule()) {
        case FIRST_ONLY, LAST_ONLY -> queued.size() + condemned.size() + running.size() < 2;
        case STRICT_SEQUENTIAL -> blocking.isEmpty();
        case SEQUENTIAL, PARALLEL, SERIAL_LATEST_ONLY -> true;
      };
    }

    List<String> takeSaid() {
      List<String> taken = List.copyOf(said);
      said.clear();
      return taken;
    }
  }

  /** One story, told to the machine and to the model. */
  private static final class Story {
    private final Random dice;
    private final LoneWorkflow flow;
    private final Model model = new Model();

    Story(long seed) {
      dice = new Random(seed);
      flow =
          new LoneWorkflow(
              EngineLimits.DEFAULT.withFollowUpsPerTurn(
                  dice.nextBoolean() ? 1 + dice.nextInt(4) : 256));
      flow.pushed(Rule.SEQUENTIAL, 1);
    }

    void tell() {
      for (int event = 0; event < EVENTS; event++) {
        happen();
        List<String> said = flow.takeSaid();
        List<String> expected = model.takeSaid();
        assertThat(said).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(launches(said)).isEqualTo(launches(expected));
        assertThat(flow.record().queued()).isEqualTo(model.queued.size() + model.condemned.size());
        assertThat(flow.record().running()).isEqualTo(model.running.size());
        assertThat(flow.record().failed()).isEqualTo(model.blocking.size());
      }
    }

    private static List<String> launches(List<String> said) {
      return said.stream().filter(it -> it.startsWith("launch")).toList();
    }

    private void happen() {
      int what = dice.nextInt(100);
      if (what < 35) {
        model.last++;
        flow.started();
        model.arrive(model.last);
      } else if (what < 60) {
        endOne();
      } else if (what < 75) {
        restartOne();
      } else if (what < 83) {
        stopOne();
      } else if (what < 91) {
        change();
      } else if (what < 94) {
        unblock();
      } else if (what < 96) {
        stopAll();
      } else {
        changeRoom();
      }
    }

    private void endOne() {
      if (!model.running.isEmpty()) {
        long instance = oneOf(List.copyOf(model.running));
        RunStatus status = oneOf(ENDS);
        flow.ended(instance, status);
        model.end(instance, status);
      }
      for (long instance : model.ended.keySet()) {
        if (flow.instance(instance).ending()) { // it tells its end late
          flow.ended(instance, model.ended.get(instance));
          return;
        }
      }
    }

    private void restartOne() {
      if (!model.ended.isEmpty()) {
        long instance = oneOf(List.copyOf(model.ended.keySet()));
        flow.restarted(instance);
        model.restart(instance);
      }
    }

    private void stopOne() {
      List<Long> queued = new ArrayList<>(model.queued);
      queued.addAll(model.condemned);
      if (!queued.isEmpty()) {
        long instance = oneOf(queued);
        flow.stoppedInQueue(instance);
        model.stop(instance);
        model.leave();
      }
    }

    private void change() {
      Rule rule = oneOf(List.of(Rule.values()));
      RunStrategy to = new RunStrategy(rule, rule == Rule.PARALLEL ? 1 + dice.nextInt(4) : 1);
      Reply.Answer answer = flow.pushed(to.rule(), to.concurrency());
      boolean may = model.mayBecome(to);
      assertThat(answer).isInstanceOf(may ? Reply.Pushed.class : Reply.Refused.class);
      if (may) {
        model.strategy = to;
        model.leave();
      }
    }

    private void unblock() {
      if (dice.nextBoolean()) {
        flow.unblocked();
        model.blocking.clear();
      } else if (!model.blocking.isEmpty()) {
        long instance = oneOf(List.copyOf(model.blocking));
        flow.unblocked(instance);
        model.blocking.remove(instance);
      }
      model.leave();
    }

    private void stopAll() {
      flow.stoppedAll();
      model.condemnAll();
      model.running.forEach(instance -> model.said.add("end " + model.run(instance) + " STOPPED"));
      model.told.addAll(model.running);
      model.leave();
    }

    private void changeRoom() {
      model.room = dice.nextBoolean();
      flow.cluster.room(model.room);
      // should nobody have asked to be told, this is as good
      flow.told(new Message.Nudge());
      model.leave();
    }

    private <T> T oneOf(List<T> all) {
      return all.get(dice.nextInt(all.size()));
    }
  }
}
