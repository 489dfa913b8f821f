package io.millrace.bench.flow;

import io.millrace.bench.load.LoadClient;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Keeps a fixed number of runs under way: whenever one has ended, the next is started. */
final class ClosedLoop {
  private static final int PATIENCE_SECONDS = 600;

  private final LoadClient client;
  private final List<String> workflows;
  private final int inFlight;
  private final Semaphore room;
  private final LongConsumer ends;
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private int next;

  /**
   * @param workflows take turns
   * @param ends hears how many nanoseconds it took from a trigger's send to the final reply
   */
  ClosedLoop(LoadClient client, List<String> workflows, int inFlight, LongConsumer ends) {
    this.client = client;
    this.workflows = List.copyOf(workflows);
    this.inFlight = inFlight;
    this.room = new Semaphore(inFlight);
    this.ends = ends;
  }

  /** Runs that have ended since the beginning. */
  long ended() {
    return ended.get();
  }

  /** How many of them did not succeed. */
  long failed() {
    return failed.get();
  }

  /** Starts runs for a while; the last may end after this returns. */
  void load(int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      startOne();
    }
  }

  /**
   * Starts runs until as many as {@code runs} have ended since the beginning, or are under way; but
   * for no longer than {@code seconds}.
   */
  void loadUntil(long runs, int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (ended.get() + inFlight - room.availablePermits() < runs && System.nanoTime() < end) {
      startOne();
    }
  }

  /** Waits for those under way. */
  void drain() throws InterruptedException {
    if (!room.tryAcquire(inFlight, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "Expected all runs to end within %d s, but %d did not."
              .formatted(PATIENCE_SECONDS, inFlight - room.availablePermits()));
    }
    room.release(inFlight);
  }

  private void startOne() throws InterruptedException {
    if (!room.tryAcquire(1, TimeUnit.SECONDS)) {
      return;
    }
    String workflow = workflows.get(next++ % workflows.size());
    String request = UUID.randomUUID().toString();
    long sent = System.nanoTime();
    client.start(workflow, workflow, request, answer -> hear(request, sent, answer));
  }

  private void hear(String request, long sent, Reply.Answer answer) {
    if (answer instanceof Reply.RunTold told && told.last()) {
      client.forget(request);
      ends.accept(System.nanoTime() - sent);
      if (told.run().status() != RunStatus.SUCCEEDED) {
        failed.incrementAndGet();
      }
      ended.incrementAndGet();
      room.release();
    } else if (answer instanceof Reply.Refused refused) {
      throw new IllegalStateException("Expected a start to be taken, but it was " + refused + ".");
    }
  }
}
