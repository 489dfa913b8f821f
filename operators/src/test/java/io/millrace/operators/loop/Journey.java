package io.millrace.operators.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

/**
 * Each root makes a chain of hops and children that answer, every tenth of them from a timer; and
 * each root speaks to a hearer, a number after the other, which must arrive in order.
 */
final class Journey extends LoopFunction<Long, Hop, String> {
  private static final long serialVersionUID = 1L;

  /** Keys a root owns: itself, then its children, then its chain, then its hearer. */
  static final long SPAN = 1_000;

  static final int HOPS = 10;
  static final int CHILDREN = 100;
  static final int WORDS = 20;
  private static final long CHAIN_FROM = 200;
  private static final long HEARER = 300;

  private final String worldName;

  private transient World world;
  private transient ValueState<Long> visits;
  private transient ValueState<Long> replies;
  private transient ValueState<Long> chains;
  private transient ValueState<Long> heard;
  private transient ValueState<Hop> pending;
  private transient MapState<Long, Boolean> seen;

  Journey(String worldName) {
    this.worldName = worldName;
  }

  @Override
  public void open(OpenContext context) {
    world = World.of(worldName);
    visits = count("visits");
    replies = count("replies");
    chains = count("chains");
    heard = count("heard");
    pending = getRuntimeContext().getState(new ValueStateDescriptor<>("pending", Hop.TYPE));
    seen =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("seen", Types.LONG, Types.BOOLEAN));
  }

  private ValueState<Long> count(String name) {
    return getRuntimeContext().getState(new ValueStateDescriptor<>(name, Types.LONG));
  }

  @Override
  public void processElement(Hop hop, Context context, Collector<String> facts) throws Exception {
    world.maybeFail();
    maybePause();
    long key = hop.key();
    long root = hop.root();
    switch (hop.kind()) {
      case START -> {
        facts.collect("visit " + key + " " + add(visits));
        send(context, new Hop(Hop.Kind.CHAIN, root + CHAIN_FROM + 1, root, 1));
        send(context, new Hop(Hop.Kind.SPEAK, root, root, 1));
        for (int i = 1; i <= CHILDREN; i++) {
          send(context, new Hop(Hop.Kind.CHILD, root + i, root, i));
        }
      }
      case CHAIN -> {
        facts.collect("visit " + key + " " + add(visits));
        send(
            context,
            hop.number() < HOPS
                ? new Hop(Hop.Kind.CHAIN, key + 1, root, hop.number() + 1)
                : new Hop(Hop.Kind.CHAIN_DONE, root, root, hop.number()));
      }
      case CHILD -> {
        facts.collect("visit " + key + " " + add(visits));
        if (hop.number() % 10 == 0) {
          pending.update(hop);
          long now = context.timerService().currentProcessingTime();
          context.timerService().registerProcessingTimeTimer(now + hop.number() / 2);
        } else {
          send(context, new Hop(Hop.Kind.REPLY, root, root, hop.number()));
        }
      }
      case DUE -> {
        Hop child = pending.value();
        if (child == null) {
          facts.collect("doubled due " + key);
        } else {
          pending.clear();
          send(context, new Hop(Hop.Kind.REPLY, root, root, child.number()));
        }
      }
      case REPLY -> {
        if (seen.contains(hop.number())) {
          facts.collect("doubled reply " + key + " " + hop.number());
        }
        seen.put(hop.number(), true);
        add(replies);
        maybeDone(key, facts);
      }
      case CHAIN_DONE -> {
        add(chains);
        maybeDone(key, facts);
      }
      case SPEAK -> {
        // a second word at once, so that two are on their way between the same two keys
        send(context, new Hop(Hop.Kind.HEAR, root + HEARER, root, 2 * hop.number() - 1));
        send(context, new Hop(Hop.Kind.HEAR, root + HEARER, root, 2 * hop.number()));
        if (hop.number() < WORDS / 2) {
          send(context, new Hop(Hop.Kind.SPEAK, root, root, hop.number() + 1));
        }
      }
      case HEAR -> {
        long expected = add(heard);
        if (hop.number() != expected) {
          facts.collect("out of order " + key + " " + hop.number() + " for " + expected);
        }
        if (hop.number() == WORDS) {
          facts.collect("heard " + key + " " + expected);
        }
      }
      case PROBE -> {
        probe(key, facts);
        probeOne(context, root, 1, CHILDREN);
        probeOne(context, root, CHAIN_FROM + 1, CHAIN_FROM + HOPS);
        probeOne(context, root, HEARER, HEARER);
      }
      case PROBE_ONE -> probe(key, facts);
      case PING, STOP -> throw new IllegalStateException("not mine: " + hop);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<String> facts) {
    long key = context.getCurrentKey();
    loop().putLocal(new Hop(Hop.Kind.DUE, key, key - key % SPAN, 0));
  }

  private static void send(Context context, Hop hop) {
    context.output(Hop.BACK, hop);
  }

  private static void probeOne(Context context, long root, long from, long to) {
    for (long i = from; i <= to; i++) {
      send(context, new Hop(Hop.Kind.PROBE_ONE, root + i, root, 0));
    }
  }

  private static long add(ValueState<Long> count) throws Exception {
    Long before = count.value();
    long now = before == null ? 1 : before + 1;
    count.update(now);
    return now;
  }

  private void maybeDone(long key, Collector<String> facts) throws Exception {
    if (replies.value() != null && replies.value() == CHILDREN && chains.value() != null) {
      facts.collect("done " + key + " " + replies.value() + " " + chains.value());
    }
  }

  private void probe(long key, Collector<String> facts) throws Exception {
    facts.collect(
        state(
            key,
            visits.value(),
            replies.value(),
            chains.value(),
            heard.value(),
            pending.value() != null));
  }

  private static String state(
      long key, Long visits, Long replies, Long chains, Long heard, boolean pending) {
    return "state %d visits=%s replies=%s chains=%s heard=%s pending=%s"
        .formatted(key, visits, replies, chains, heard, pending);
  }

  /** Holds one subtask long enough for a checkpoint to time out between its two heads. */
  private void maybePause() {
    if (world.pausesLeft.get() > 0
        && getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 1
        && world.random(2_000) == 0
        && world.pausesLeft.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      long until = System.nanoTime() + Duration.ofMillis(600).toNanos();
      while (System.nanoTime() < until) {
        LockSupport.parkNanos(until - System.nanoTime());
      }
    }
  }

  /** Every fact that so many roots leave, each once. */
  static java.util.Map<String, Integer> expectedFacts(long roots) {
    java.util.Map<String, Integer> facts = new java.util.TreeMap<>();
    for (long root = 0; root < roots * SPAN; root += SPAN) {
      facts.put("visit " + root + " 1", 1);
      facts.put("done " + root + " " + CHILDREN + " 1", 1);
      facts.put("heard " + (root + HEARER) + " " + WORDS, 1);
      facts.put(state(root, 1L, (long) CHILDREN, 1L, null, false), 1);
      facts.put(state(root + HEARER, null, null, null, (long) WORDS, false), 1);
      for (long i = 1; i <= CHILDREN; i++) {
        expectVisited(facts, root + i);
      }
      for (long i = 1; i <= HOPS; i++) {
        expectVisited(facts, root + CHAIN_FROM + i);
      }
    }
    return facts;
  }

  private static void expectVisited(java.util.Map<String, Integer> facts, long key) {
    facts.put("visit " + key + " 1", 1);
    facts.put(state(key, 1L, null, null, null, false), 1);
  }
}
