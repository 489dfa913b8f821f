package io.millrace.operators.loop;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a test and the functions of its job share: all run in one JVM. It outlives every restart of
 * the job, so it also stands for the world outside, where facts are committed.
 */
final class World {
  private static final Map<String, World> WORLDS = new ConcurrentHashMap<>();

  final String name;
  final long seed;
  private final Random random;

  /** How many items of the feed may be emitted; grows by itself after completed checkpoints. */
  final AtomicLong released = new AtomicLong();

  private long releasePerCheckpoint;

  final AtomicInteger failuresLeft = new AtomicInteger();
  final AtomicInteger failures = new AtomicInteger();
  final AtomicInteger pausesLeft = new AtomicInteger();
  final AtomicInteger completed = new AtomicInteger();
  final AtomicInteger aborted = new AtomicInteger();

  /** Records until the next failure; -1 if none is planned. */
  final AtomicLong fuse = new AtomicLong(-1);

  volatile long stopSeenAtNanos;
  final AtomicLong pings = new AtomicLong();

  private final Map<String, List<String>> batches = new ConcurrentHashMap<>();

  private World(String name, long seed) {
    this.name = name;
    this.seed = seed;
    this.random = new Random(seed);
  }

  static World make(String name) {
    long seed = Long.getLong("loop.it.seed", System.nanoTime());
    System.out.println(name + ": -Dloop.it.seed=" + seed);
    World world = new World(name, seed);
    WORLDS.put(name, world);
    return world;
  }

  static World of(String name) {
    return WORLDS.get(name);
  }

  synchronized int random(int bound) {
    return random.nextInt(bound);
  }

  void release(long items) {
    released.addAndGet(items);
  }

  synchronized void releasePerCheckpoint(long items) {
    releasePerCheckpoint = items;
  }

  /**
   * Called by the feed, once a checkpoint: more input, and perhaps a failure in the midst of it.
   */
  synchronized void checkpointCompleted() {
    completed.incrementAndGet();
    release(releasePerCheckpoint);
    if (failuresLeft.get() > 0 && random(3) > 0) {
      fuse.compareAndSet(-1, 1 + random(4_000));
    }
  }

  /**
   * Called by the heads for every record. A fuse that has burnt down stays so until the one that
   * saw it has put it out: if another head could burn it on, it would never be lit again.
   */
  void maybeFail() {
    if (fuse.getAndUpdate(left -> left > 0 ? left - 1 : left) == 1) {
      fuse.set(-1);
      if (failuresLeft.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new DeliberateFailure(failures.incrementAndGet());
      }
    }
  }

  /** For whoever has waited in vain: whether the job still checkpoints, and whether it may fail. */
  @Override
  public synchronized String toString() {
    return "%s, seed %d: %d failures, %d left, fuse %d, checkpoints %d completed %d aborted"
        .formatted(
            name,
            seed,
            failures.get(),
            failuresLeft.get(),
            fuse.get(),
            completed.get(),
            aborted.get());
  }

  /** A batch is committed once, however often it is tried. */
  void commit(String batch, List<String> facts) {
    batches.putIfAbsent(batch, facts);
  }

  /** Every committed fact with how often it was committed. */
  Map<String, Integer> facts() {
    Map<String, Integer> facts = new TreeMap<>();
    batches.values().forEach(batch -> batch.forEach(fact -> facts.merge(fact, 1, Integer::sum)));
    return Collections.unmodifiableMap(facts);
  }

  long countFacts(String prefix) {
    return batches.values().stream()
        .mapToLong(batch -> batch.stream().filter(fact -> fact.startsWith(prefix)).count())
        .sum();
  }

  /** Thrown on purpose. */
  static final class DeliberateFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeliberateFailure(int number) {
      super("deliberate failure " + number);
    }
  }
}
