package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Named timers of a machine that an earlier release wrote, which had them in a document. */
final class TurnTest {
  private static final Document.Timers NAMED =
      new Document.Timers(new TreeMap<>(Map.of("first", 10L, "second", 20L)));
  private static final Envelope BEFORE =
      new Envelope(
          MachineAddress.Kind.INSTANCE,
          "etl",
          0,
          5,
          10,
          1,
          "uuid",
          false,
          List.of(),
          null,
          null,
          null);

  /** What is stored of the machine. */
  private static final class Stored implements View {
    @Override
    public Optional<Envelope> envelope() {
      return Optional.of(BEFORE);
    }

    @Override
    public Optional<Document> document(String key) {
      return key.equals("timers") ? Optional.of(NAMED) : Optional.empty();
    }
  }

  private static Turn turn(long at) {
    MachineAddress address = MachineAddress.parse("i:etl/1").orElseThrow();
    return new Turn(address, new Stored(), new Command(new Message.Due(), at, true, 0));
  }

  private static List<Change> changes(Turn turn) {
    return ((Decision.Accepted) turn.accepted()).changes();
  }

  @Test
  void shouldFindAndMoveTimersThatAnEarlierReleaseLeftInADocument() {
    Turn turn = turn(15);

    assertThat(turn.timer("second")).isEqualTo(20);
    assertThat(turn.takeDue()).containsExactly("first");

    Document.Timers left = new Document.Timers(new TreeMap<>(Map.of("second", 20L)));
    assertThat(changes(turn))
        .containsExactly(
            new Change.PutEnvelope(BEFORE.withTimes(15, 20).withTimers(left)),
            new Change.Remove("timers"));
  }

  @Test
  void shouldLeaveThemThereAsLongAsNoneChanges() {
    Turn turn = turn(15);
    turn.changeEnvelope(now -> now.withSequence(1));

    assertThat(changes(turn))
        .containsExactly(new Change.PutEnvelope(BEFORE.withSequence(1).withTimes(15, 10)));
  }
}
