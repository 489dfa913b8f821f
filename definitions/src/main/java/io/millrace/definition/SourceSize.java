package io.millrace.definition;

import java.util.Map;

/** The size that a node which stands in no JSON text would have in one. */
final class SourceSize implements SourceNode.Cases<Long> {
  private static final SourceSize CASES = new SourceSize();

  private SourceSize() {}

  static long of(SourceNode node) {
    return node.accept(CASES);
  }

  /** With brackets, quotes, colons and commas, without spaces and escapes. */
  static long ofMembers(Map<String, SourceNode.Member> members) {
    long chars = 2;
    for (Map.Entry<String, SourceNode.Member> member : members.entrySet()) {
      chars += member.getKey().length() + 4 + of(member.getValue().value());
    }
    return members.isEmpty() ? chars : chars - 1;
  }

  @Override
  public Long object(SourceNode.Obj node) {
    return node.chars();
  }

  @Override
  public Long array(SourceNode.Arr node) {
    long chars = 2;
    for (SourceNode item : node.items()) {
      chars += 1 + of(item);
    }
    return node.items().isEmpty() ? chars : chars - 1;
  }

  @Override
  public Long scalar(SourceNode.Scalar node) {
    return node.text().length() + (node.kind() == SourceNode.Kind.TEXT ? 2L : 0L);
  }
}
