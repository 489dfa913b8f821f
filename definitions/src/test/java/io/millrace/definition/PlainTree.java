package io.millrace.definition;

import java.util.stream.Collectors;

/** A tree as JSON text on one line, to compare trees without their places. */
final class PlainTree implements SourceNode.Cases<String> {
  static String of(SourceNode node) {
    return node.accept(new PlainTree());
  }

  @Override
  public String object(SourceNode.Obj node) {
    return node.members().entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + of(member.getValue().value()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public String array(SourceNode.Arr node) {
    return node.items().stream().map(PlainTree::of).collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public String scalar(SourceNode.Scalar node) {
    return node.kind() == SourceNode.Kind.TEXT ? quoted(node.text()) : node.text();
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }
}
