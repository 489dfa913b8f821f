package io.millrace.operators.state;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All serializers of ours by their stable names, for savepoints to find them again. */
final class OwnSerializers {
  private static final Map<String, OwnSerializer<?>> BY_NAME =
      List.<OwnSerializer<?>>of(
              new StoredDocumentSerializer(),
              new HeaderSerializer(),
              new DeliverySerializer(),
              new OutboxSerializer(),
              new EpochSerializer(),
              new TallySerializer())
          .stream()
          .collect(Collectors.toUnmodifiableMap(OwnSerializer::name, Function.identity()));

  private OwnSerializers() {}

  static OwnSerializer<?> named(String name) {
    OwnSerializer<?> found = BY_NAME.get(name);
    if (found == null) {
      throw new IllegalStateException(
          "Expected a serializer named '"
              + name
              + "', but this release has none; a later release wrote the savepoint.");
    }
    return found;
  }
}
