package io.millrace.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by dispatch id, of which only so many are kept: the least recently used is forgotten
 * first. Not safe for several threads. Nothing here survives the process: after a restart a
 * repeated task is a new one.
 */
final class Remembered<V> {
  private final LinkedHashMap<String, V> values;

  Remembered(int limit) {
    this.values =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > limit;
          }
        };
  }

  void put(String dispatchId, V value) {
    values.put(dispatchId, value);
  }

  @Nullable V get(String dispatchId) {
    return values.get(dispatchId);
  }

  int size() {
    return values.size();
  }
}
