package io.millrace.engine.simulation.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.model.Comparing;
import io.millrace.engine.simulation.Reload;
import org.junit.jupiter.api.Test;

/** A crash that loses nothing proves nothing. */
final class EngineSimulatorTest {
  private static final int CASES = 60;

  private final EngineSimulator keeping = EngineSimulator.keeping();
  private final EngineSimulator crashing = EngineSimulator.crashing(Reload.NONE);

  @Test
  void shouldTakeEachTurnByNewMachines() {
    assertThat(new Comparing(crashing).find(1, CASES)).isEmpty();
    assertThat(new Comparing(crashing.within(Remembering::new)).find(1, CASES)).isPresent();
  }

  @Test
  void shouldLetMachinesGoOnThatAreKept() {
    assertThat(new Comparing(keeping.within(Remembering::new)).find(1, CASES)).isEmpty();
  }
}
