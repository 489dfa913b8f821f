package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Effect.Note;
import io.millrace.operators.state.Tally;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

final class MachineMetricsTest {
  private final Names names = new Names();
  private final MachineMetrics metrics =
      new MachineMetrics(names, new Tally(5, 7), new Admission(AdmissionOptions.DEFAULT));

  @Test
  void shouldCountEveryKindOfNoteUnderItsOwnName() {
    int others = names.counters.size() - Note.Kind.values().length;

    for (Note.Kind kind : Note.Kind.values()) {
      metrics.noted(kind);
    }

    assertThat(names.counters.values().stream().filter(counter -> counter.getCount() == 1))
        .hasSize(Note.Kind.values().length);
    assertThat(others).isPositive();
  }

  @Test
  void shouldGoOnFromWhatTheCheckpointSaidWasThere() {
    metrics.noted(Note.Kind.START_QUEUED);
    metrics.noted(Note.Kind.RUN_STARTED);
    metrics.noted(Note.Kind.RUN_STARTED);
    metrics.noted(Note.Kind.RUN_FAILED);

    assertThat(names.gauge("startsQueued")).isEqualTo(6L);
    assertThat(names.gauge("runsOpen")).isEqualTo(8L);
    assertThat(metrics.tally()).isEqualTo(new Tally(6, 8));
  }

  @Test
  void shouldSayHowLateTimersAreWhileTheyWait() {
    metrics.timerFired(30);
    metrics.timerFired(10);
    assertThat(names.gauge("oldestDueTimerMillis")).isEqualTo(30L);

    metrics.dueTaken(35);
    assertThat(names.gauge("oldestDueTimerMillis")).isEqualTo(35L);

    metrics.dueTaken(40);
    assertThat(names.gauge("oldestDueTimerMillis")).isEqualTo(0L);
  }

  /** Remembers what is registered. */
  private static final class Names extends UnregisteredMetricsGroup {
    final Map<String, Counter> counters = new HashMap<>();
    final Map<String, Gauge<?>> gauges = new HashMap<>();

    @Override
    public MetricGroup addGroup(String name) {
      return this;
    }

    @Override
    public Counter counter(String name) {
      return counter(name, super.counter(name));
    }

    @Override
    public <C extends Counter> C counter(String name, C counter) {
      assertThat(counters.put(name, counter)).isNull();
      return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(name, gauge);
      return gauge;
    }

    Object gauge(String name) {
      return gauges.get(name).getValue();
    }
  }
}
