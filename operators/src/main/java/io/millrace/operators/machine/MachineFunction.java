package io.millrace.operators.machine;

import io.millrace.engine.Bugs;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Machines;
import io.millrace.engine.Message;
import io.millrace.engine.Unheard;
import io.millrace.engine.UnreadableDocument;
import io.millrace.operators.loop.LoopFunction;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Epoch;
import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.Tally;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Hosts all machines: takes each delivery to the machine of its key, stores what that decides and
 * carries the effects out.
 *
 * <p><b>Whole decisions.</b> Nothing is written before the decision is complete; then changes, then
 * effects, in one turn and so in one checkpoint. A crash in between undoes both, and as a machine
 * is deterministic the decision is taken again, not differently.
 *
 * <p><b>What may fail.</b> A bug of the engine or a document that cannot be read concerns the one
 * machine ({@link Bugs}); a delivery that cannot be understood is a dead letter; whatever the state
 * backend or Flink throws fails the job, which goes on from its last checkpoint.
 *
 * <p><b>Timers</b> decide nothing: they put {@link Message.Due} into the loop.
 */
public final class MachineFunction extends LoopFunction<String, Delivery, Void>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final MachineSetup setup;
  private final ProtocolBytes json;
  private final AdmissionOptions admissionOptions;

  private transient @Nullable ListState<Epoch> epochs;
  private transient @Nullable ListState<Tally> tallies;
  private transient Epoch epoch = new Epoch(0, "");
  private transient Tally restoredTally = Tally.NONE;
  private transient @Nullable Host host;

  public MachineFunction(MachineSetup setup, ProtocolBytes json, AdmissionOptions admission) {
    this.setup = setup;
    this.json = json;
    this.admissionOptions = admission;
  }

  // ---- life

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    epochs = context.getOperatorStateStore().getUnionListState(MachineState.EPOCH);
    tallies = context.getOperatorStateStore().getListState(MachineState.TALLY);
    String jobId = getRuntimeContext().getJobInfo().getJobId().toString();
    epoch = Epoch.after(epochs.get(), jobId);
    Tally sum = Tally.NONE;
    for (Tally part : tallies.get()) {
      sum = sum.plus(part);
    }
    restoredTally = sum;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    if (epochs != null && tallies != null && host != null) {
      epochs.update(List.of(epoch));
      tallies.update(List.of(host.metrics.tally()));
    }
  }

  @Override
  public void open(OpenContext context) {
    Admission admission = new Admission(admissionOptions);
    MachineMetrics metrics =
        new MachineMetrics(getRuntimeContext().getMetricGroup(), restoredTally, admission);
    MachineState state = MachineState.of(getRuntimeContext());
    MachineCache cache = new MachineCache();
    host =
        new Host(
            state,
            cache,
            setup.machines(),
            new Bugs(setup.limits()),
            new StateWriter(state, cache),
            new EffectRouter(json, metrics, epoch.number()),
            new DeadLetters(json),
            admission,
            metrics);
  }

  /** What a subtask works with, made when it opens. */
  private record Host(
      MachineState state,
      MachineCache cache,
      Machines machines,
      Bugs bugs,
      StateWriter writer,
      EffectRouter router,
      DeadLetters deadLetters,
      Admission admission,
      MachineMetrics metrics) {}

  private Host host() {
    if (host == null) {
      throw new IllegalStateException("Expected the machines to be open, but they are not.");
    }
    return host;
  }

  // ---- turns

  @Override
  public void processElement(Delivery delivery, Context context, Collector<Void> out)
      throws Exception {
    Host here = host();
    long before = System.nanoTime();
    Turn turn = new Turn(context, delivery, here);
    Optional<MachineAddress> address = MachineAddress.parse(delivery.target());
    if (address.isEmpty()) {
      turn.deadLetter(
          "UNKNOWN_ADDRESS",
          "Expected the address of a machine, but got '" + delivery.target() + "'.");
      return;
    }
    Message message;
    try {
      message = delivery.message();
    } catch (UnreadableDocument unreadable) {
      turn.deadLetter("UNREADABLE_MESSAGE", String.valueOf(unreadable.getMessage()));
      return;
    }
    turn.take(address.get(), message);
    here.metrics.turnTaken(address.get().kind(), System.nanoTime() - before);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Void> out) {
    host().metrics.timerFired(context.timerService().currentProcessingTime() - timestamp);
    loop().putLocal(Delivery.toKey(context.getCurrentKey(), new Message.Due()));
  }

  @Override
  public void onRoom(int depth) {
    host()
        .admission
        .offer(
            depth,
            loop().roomBound(),
            key -> loop().putLocal(Delivery.toKey(key, new Message.Room())));
  }

  /** One delivery, on its way through its machine. */
  private final class Turn implements Exits {
    private final Context context;
    private final Delivery delivery;
    private final Host here;
    private final long now;
    private boolean lettered;
    private boolean timerSpent;

    Turn(Context context, Delivery delivery, Host here) {
      this.context = context;
      this.delivery = delivery;
      this.here = here;
      this.now = context.timerService().currentProcessingTime();
    }

    void take(MachineAddress address, Message message) throws Exception {
      StateView view = new StateView(here.state, here.cache, delivery.target());
      if (message instanceof Message.Due) {
        timerSpent = true;
        long wakeAt = view.envelope().map(Envelope::wakeAt).orElse(now);
        here.metrics.dueTaken(now - wakeAt);
      }
      boolean room = Admission.room(loop().depth(), loop().roomBound());
      Decision decision = decide(address, view, new Command(message, now, room, loop().openedAt()));
      perform(view, decision, message);
    }

    private Decision decide(MachineAddress address, StateView view, Command command)
        throws Exception {
      Decision decision;
      try {
        decision = here.machines.at(address).decide(view, command);
      } catch (RuntimeException | StackOverflowError thrown) {
        view.requireSound();
        RuntimeException bug = Bugs.asException(thrown);
        here.metrics.engineFailed();
        deadLetter(Bugs.CODE, Bugs.reason(address, bug));
        decision = here.bugs.decide(address, view, command, bug);
        if (decision instanceof Decision.Accepted && Bugs.fencesOff(address)) {
          here.metrics.instanceQuarantined();
        }
      }
      view.requireSound();
      return decision;
    }

    private void perform(StateView view, Decision decision, Message message) throws Exception {
      if (decision instanceof Decision.Accepted accepted) {
        here.writer.store(view, accepted.changes());
      } else if (decision instanceof Decision.Rejected rejected) {
        here.metrics.commandRejected();
        if (!lettered && Unheard.is(message)) {
          deadLetter(rejected.code(), rejected.detail());
        }
      }
      here.router.carryOut(decision.effects(), this);
    }

    void deadLetter(String code, String reason) {
      lettered = true;
      here.metrics.deadLetterWritten();
      toOutbox(here.deadLetters.of(delivery, code, reason, now));
    }

    @Override
    public void toLoop(Delivery next) {
      context.output(MachineStreams.LOOP, next);
    }

    @Override
    public void toOutbox(Outbox out) {
      context.output(MachineStreams.OUTBOX, out);
    }

    @Override
    public void toTimeline(Outbox out) {
      context.output(MachineStreams.TIMELINE, out);
    }

    @Override
    public void moveTimer(long previous, long at) {
      if (previous == at && !timerSpent) {
        return; // it is still registered, or has fired and its Due is on its way
      }
      if (previous != Envelope.NEVER) {
        context.timerService().deleteProcessingTimeTimer(spread(previous, delivery.target()));
      }
      if (at != Envelope.NEVER) {
        context.timerService().registerProcessingTimeTimer(spread(at, delivery.target()));
      }
    }

    @Override
    public void awaitRoom() {
      here.admission.await(delivery.target());
    }
  }
}
