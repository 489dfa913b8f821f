package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a turn leaves of a machine of which nothing is to be kept. */
final class TurnForgettingTest {
  private static final MachineAddress ITERATION =
      MachineAddress.parse("i:etl/1/loop/0").orElseThrow();

  /** A machine, of which only the envelope is stored, or nothing. */
  private record Stored(@Nullable Envelope kept) implements View {
    @Override
    public Optional<Envelope> envelope() {
      return Optional.ofNullable(kept);
    }

    @Override
    public Optional<Document> document(String key) {
      return Optional.empty();
    }
  }

  private static List<Change> changes(@Nullable Envelope stored) {
    Command command = new Command(new Message.ForgetIteration(), 15, true, 0);
    Turn turn = new Turn(ITERATION, new Stored(stored), command);
    turn.put("run:1", new Document.DefinitionRecord("{}"));
    turn.forget();
    return ((Decision.Accepted) turn.accepted()).changes();
  }

  @Test
  void shouldForgetAllThatIsStored() {
    Envelope kept =
        new Envelope(
            MachineAddress.Kind.INSTANCE,
            "etl",
            0,
            5,
            Envelope.NEVER,
            1,
            "uuid",
            false,
            List.of(),
            null,
            null,
            null);

    assertThat(changes(kept)).containsExactly(new Change.Forget());
  }

  @Test
  void shouldNotSearchForWhatWasNeverStored() {
    assertThat(changes(null)).isEmpty();
  }
}
