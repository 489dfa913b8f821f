package io.millrace.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes notes, as {@link io.millrace.label.Notes} keeps them, of what an open object holds. */
final class SourceNotes implements SourceNode.Cases<Optional<Object>> {
  private static final SourceNotes CASES = new SourceNotes();

  private SourceNotes() {}

  /** Empty for null. */
  static Optional<Object> of(SourceNode node) {
    return node.accept(CASES);
  }

  /** A field that is null counts as left out. */
  @Override
  public Optional<Object> object(SourceNode.Obj node) {
    Map<String, Object> fields = new LinkedHashMap<>();
    node.members()
        .forEach((name, member) -> of(member.value()).ifPresent(note -> fields.put(name, note)));
    return Optional.of(fields);
  }

  @Override
  public Optional<Object> array(SourceNode.Arr node) {
    List<@Nullable Object> items = new ArrayList<>();
    node.items().forEach(item -> items.add(of(item).orElse(null)));
    return Optional.of(items);
  }

  @Override
  public Optional<Object> scalar(SourceNode.Scalar node) {
    return switch (node.kind()) {
      case TEXT -> Optional.of(node.text());
      case BOOLEAN -> Optional.of(node.text().equals("true"));
      // A number that could not be written and read again stays the text it is.
      case INTEGER, DECIMAL ->
          Optional.of(
              Scalars.rewritable(node.text()).<Object>map(number -> number).orElse(node.text()));
      case NULL -> Optional.empty();
    };
  }
}
