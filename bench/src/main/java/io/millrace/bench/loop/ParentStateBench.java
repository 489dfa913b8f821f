package io.millrace.bench.loop;

import io.millrace.address.InstanceAddress;
import io.millrace.bench.load.Workflows;
import io.millrace.engine.Document;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Machines;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.MessageOrder;
import io.millrace.engine.simulation.SimulationSettings;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.engine.wiring.SimulatedMachines;
import io.millrace.operators.state.StateTypes;
import io.millrace.operators.state.StoredDocument;
import io.millrace.protocol.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What the parent of a large foreach stores, in the bytes that the state backend would get, and how
 * long the engine alone takes for it: no Flink, no Kafka, one thread.
 *
 * <p>Arguments: the iterations, by default 1,000,000, and how many at once, by default 1,000.
 */
public final class ParentStateBench {
  /** Turns of the parent between two looks at its state. */
  private static final int EVERY = 5_000;

  private static final String ID = "loop";

  private final TypeSerializer<StoredDocument> serializer =
      StateTypes.DOCUMENT.createSerializer(new SerializerConfigImpl());
  private final DataOutputSerializer out = new DataOutputSerializer(1 << 20);
  private final MachineAddress parent = MachineAddress.instance(InstanceAddress.of(ID, 1));
  private final VirtualCluster cluster;
  private long turns;
  private long most;
  private long lookingNanos;

  private ParentStateBench() {
    Machines machines = SimulatedMachines.of(EngineLimits.DEFAULT, step -> false);
    cluster =
        new VirtualCluster(
            () -> machines,
            new SimulationSettings(
                EngineLimits.DEFAULT, 0, MessageOrder.FIRST_SENT_FIRST, false, false),
            (address, command, decision) -> look(address));
  }

  public static void main(String[] args) {
    int iterations = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int concurrency = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    ParentStateBench bench = new ParentStateBench();
    long nanos = bench.run(iterations, concurrency);
    System.out.printf(
        Locale.ROOT,
        "%d iterations, %d at once: the parent stores %.0f KiB at the most; %.1f s, %.0f iterations/s%n",
        iterations,
        concurrency,
        bench.most / 1024.0,
        nanos / 1e9,
        iterations * 1e9 / nanos);
  }

  private long run(int iterations, int concurrency) {
    MachineAddress workflow = MachineAddress.workflow(ID);
    cluster.send(workflow, new Message.Push(Workflows.foreach(ID, iterations, concurrency), null));
    cluster.deliver();
    long began = System.nanoTime();
    cluster.send(workflow, new Message.Start("once", "active", Map.of(), null, false, null, null));
    cluster.deliver();
    long nanos = System.nanoTime() - began - lookingNanos;
    if (!(cluster.documents(parent).get("run:1") instanceof Document.RunRecord run)
        || run.status() != RunStatus.SUCCEEDED) {
      throw new IllegalStateException("Expected the loop to succeed, but it did not.");
    }
    return nanos;
  }

  private void look(MachineAddress address) {
    if (address.equals(parent) && turns++ % EVERY == 0) {
      long began = System.nanoTime();
      most = Math.max(most, stored());
      lookingNanos += System.nanoTime() - began;
    }
  }

  private long stored() {
    out.clear();
    long keys = 0;
    try {
      for (Map.Entry<String, Document> entry : cluster.documents(parent).entrySet()) {
        keys += entry.getKey().length();
        serializer.serialize(StoredDocument.of(entry.getValue()), out);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return keys + out.length();
  }
}
