package io.millrace.engine.scenario;

import io.millrace.engine.Machines;
import io.millrace.engine.wiring.EngineMachines;
import java.util.function.Supplier;

/** In turns machines that keep their caches, and machines that have none, as after a crash. */
final class KeptAndNew implements Supplier<Machines> {
  private final Scenarios.World world;
  private final Machines kept;
  private boolean isNext;

  KeptAndNew(Scenarios.World world) {
    this.world = world;
    this.kept = machines();
  }

  private Machines machines() {
    return new EngineMachines(world.limits(), world.types(), world.queues()::contains);
  }

  @Override
  public Machines get() {
    isNext = !isNext;
    return isNext ? kept : machines();
  }
}
