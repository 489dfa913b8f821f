package io.millrace.operators.loop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The feed of the journeys: roots, and from some number on a probe for each of them. */
final class JourneyItems {
  private static final Map<String, Long> PROBES = new ConcurrentHashMap<>();

  private JourneyItems() {}

  /** Said before the items from there on are released. */
  static void probeFrom(String world, long roots) {
    PROBES.put(world, roots);
  }

  static Feed.Items of(String world) {
    return item -> {
      long probes = PROBES.getOrDefault(world, Long.MAX_VALUE);
      long root = (item < probes ? item : item - probes) * Journey.SPAN;
      return new Hop(item < probes ? Hop.Kind.START : Hop.Kind.PROBE, root, root, 0);
    };
  }
}
