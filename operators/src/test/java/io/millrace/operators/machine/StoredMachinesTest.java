package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Change;
import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.operators.state.Header;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever becomes of a machine's documents, near to its header and beside it: view, writer and
 * cache together must show what a map of each machine would.
 */
final class StoredMachinesTest {
  private static final int DECISIONS = 150;
  private static final List<String> MACHINES = List.of("w:etl", "i:etl/1", "i:etl/2");
  private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f");

  /** Around the limit of one document and, with six of them, around that of all. */
  private static final int[] SIZES = {
    0, 40, 340, Header.MAX_NEAR_DOCUMENT_BYTES - 12, Header.MAX_NEAR_DOCUMENT_BYTES + 1, 3_000
  };

  /** A machine as a map would have it. */
  private record Expected(Envelope envelope, Map<String, Document> documents) {}

  @ParameterizedTest
  @CsvSource({"HEAP, 0", "HEAP, 4000", "HEAP, 4194304", "ROCKSDB, 4000", "ROCKSDB, 4194304"})
  void shouldShowWhatAMapWould(Backend backend, long cacheBytes) throws Exception {
    for (long seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      Map<String, Expected> expected = new TreeMap<>();
      Moves moves = new Moves();
      try (Store store = new Store(backend, cacheBytes)) {
        for (int i = 0; i < DECISIONS; i++) {
          if (random.nextInt(25) == 0) {
            store.restore();
          }
          String machine = MACHINES.get(random.nextInt(MACHINES.size()));
          List<Change> changes = decision(random, expected.get(machine));
          store.turn(machine, changes);
          expected.compute(machine, (id, before) -> after(before, changes));

          for (String each : MACHINES) {
            Shown shown = store.turn(each, List.of());
            assertThat(shown.machine())
                .as(
                    "seed %d, decision %d on %s: %s, looking at %s",
                    seed, i, machine, changes, each)
                .isEqualTo(expected.get(each));
            moves.saw(each, shown);
          }
        }
      }
      // then: the decisions were of the kind this test is for
      assertThat(moves.fromNearToFar).as("seed %d, near to far", seed).isPositive();
      assertThat(moves.fromFarToNear).as("seed %d, far to near", seed).isPositive();
    }
  }

  private static List<Change> decision(Random random, @Nullable Expected before) {
    if (before != null && random.nextInt(30) == 0) {
      return List.of(new Change.Forget());
    }
    List<Change> changes = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String key = KEYS.get(random.nextInt(KEYS.size()));
      changes.add(
          random.nextInt(3) == 0 ? new Change.Remove(key) : new Change.Put(key, document(random)));
    }
    if (before == null || random.nextBoolean()) {
      changes.add(
          new Change.PutEnvelope(
              Envelopes.ofInstance().withOpenTasks(List.of("task " + random.nextInt(1_000)))));
      Collections.shuffle(changes, random);
    }
    return changes;
  }

  private static Document document(Random random) {
    if (random.nextInt(6) == 0) {
      return new Document.RequestRecord(random.nextInt(1_000), "uuid", 1);
    }
    String text = Character.toString('a' + random.nextInt(26));
    return new Document.DefinitionRecord(text.repeat(SIZES[random.nextInt(SIZES.length)]));
  }

  private static @Nullable Expected after(@Nullable Expected before, List<Change> changes) {
    Envelope envelope = before == null ? null : before.envelope();
    Map<String, Document> documents =
        before == null ? new TreeMap<>() : new TreeMap<>(before.documents());
    for (Change change : changes) {
      if (change instanceof Change.PutEnvelope put) {
        envelope = put.envelope();
      } else if (change instanceof Change.Put put) {
        documents.put(put.key(), put.document());
      } else if (change instanceof Change.Remove remove) {
        documents.remove(remove.key());
      } else {
        return null;
      }
    }
    return envelope == null ? null : new Expected(envelope, documents);
  }

  /** What a turn sees before it decides. */
  private record Shown(@Nullable Expected machine, List<String> near) {}

  /** Counts documents that changed their place between two looks at a machine. */
  private static final class Moves {
    private final Map<String, Shown> last = new HashMap<>();
    private int fromNearToFar;
    private int fromFarToNear;

    void saw(String machine, Shown shown) {
      Shown before = last.put(machine, shown);
      if (before == null || before.machine() == null || shown.machine() == null) {
        return;
      }
      for (String key : KEYS) {
        if (before.machine().documents().containsKey(key)
            && shown.machine().documents().containsKey(key)) {
          boolean wasNear = before.near().contains(key);
          boolean isNear = shown.near().contains(key);
          fromNearToFar += wasNear && !isNear ? 1 : 0;
          fromFarToNear += !wasNear && isNear ? 1 : 0;
        }
      }
    }
  }

  /** Turns on a real state backend, which can be restored; the cache then begins empty. */
  private static final class Store implements AutoCloseable {
    private final Backend backend;
    private final long cacheBytes;
    private Turns turns;
    private KeyedOneInputStreamOperatorTestHarness<String, Asked, Void> harness;
    private long checkpoint;

    Store(Backend backend, long cacheBytes) throws Exception {
      this.backend = backend;
      this.cacheBytes = cacheBytes;
      this.turns = new Turns(cacheBytes);
      this.harness = start(null);
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Asked, Void> start(
        @Nullable OperatorSubtaskState state) throws Exception {
      return backend.open(
          new KeyedOneInputStreamOperatorTestHarness<>(
              new KeyedProcessOperator<>(turns), Asked::machine, Types.STRING),
          state);
    }

    void restore() throws Exception {
      checkpoint++;
      OperatorSubtaskState state = harness.snapshot(checkpoint, checkpoint);
      harness.close();
      turns = new Turns(cacheBytes);
      harness = start(state);
    }

    Shown turn(String machine, List<Change> changes) throws Exception {
      harness.processElement(new Asked(machine, changes), 0);
      return turns.shown;
    }

    @Override
    public void close() {
      try {
        harness.close();
      } catch (Exception broken) {
        throw new IllegalStateException("Expected the harness to close, but it failed.", broken);
      }
    }
  }

  private record Asked(String machine, List<Change> changes) {}

  private static final class Turns extends KeyedProcessFunction<String, Asked, Void> {
    private static final long serialVersionUID = 1;

    private final long cacheBytes;
    private transient MachineState state;
    private transient MachineCache cache;
    private transient Shown shown = new Shown(null, List.of());

    Turns(long cacheBytes) {
      this.cacheBytes = cacheBytes;
    }

    @Override
    public void open(OpenContext context) {
      state = MachineState.of(getRuntimeContext());
      cache = new MachineCache(cacheBytes);
    }

    @Override
    public void processElement(Asked asked, Context context, Collector<Void> out) throws Exception {
      StateView before = new StateView(state, cache, asked.machine());
      shown = shown(before);
      new StateWriter(state, cache).store(before, asked.changes());
      assertThat(cache.bytes()).isBetween(0L, cacheBytes);
    }

    private static Shown shown(StateView view) throws Exception {
      Map<String, Document> documents = new TreeMap<>();
      KEYS.forEach(key -> view.document(key).ifPresent(document -> documents.put(key, document)));
      view.requireSound();
      return view.header()
          .map(
              header ->
                  new Shown(
                      new Expected(header.envelope(), documents),
                      List.copyOf(header.near().keySet())))
          .orElseGet(() -> new Shown(null, List.of()));
    }
  }
}
