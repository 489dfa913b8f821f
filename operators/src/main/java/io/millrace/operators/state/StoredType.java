package io.millrace.operators.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A record that is written down, and how older forms of it are read.
 *
 * @param name stable, ASCII, never used again for something else
 * @param type the record; may move and be renamed freely
 * @param upgrades the first reads version 1 and makes version 2 of it, and so on
 * @param components the form in which it is written; null: by name
 */
record StoredType<B>(
    String name,
    Class<? extends B> type,
    List<Upgrade> upgrades,
    @Nullable ComponentForm<B> components) {

  /**
   * One step of the way from an old form to the present one.
   *
   * @param release the release that writes the newer form
   */
  record Upgrade(String release, UnaryOperator<ObjectNode> change) {}

  StoredType {
    upgrades = List.copyOf(upgrades);
  }

  static <B> StoredType<B> of(String name, Class<? extends B> type) {
    return new StoredType<>(name, type, List.of(), null);
  }

  /** The same type after one more change of its form. */
  StoredType<B> changedIn(String release, UnaryOperator<ObjectNode> change) {
    List<Upgrade> all = new ArrayList<>(upgrades);
    all.add(new Upgrade(release, change));
    return new StoredType<>(name, type, all, components);
  }

  /** The same type, written by its components from this release on; by name it was before. */
  @SuppressWarnings("unchecked") // the codec finds the form by the type
  StoredType<B> byComponentSince(String release, ComponentForm<? extends B> form) {
    List<Upgrade> all = new ArrayList<>(upgrades);
    all.add(new Upgrade(release, UnaryOperator.identity()));
    return new StoredType<>(name, type, all, (ComponentForm<B>) form);
  }

  /** The version that is written: 1, and one more for each upgrade. */
  int version() {
    return upgrades.size() + 1;
  }
}
