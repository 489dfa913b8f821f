package io.millrace.definition;

import java.util.LinkedHashMap;
import java.util.Map;

/** Puts an object of the JSON form together from parts that stand elsewhere in a YAML text. */
final class ShapedObject {
  private final Problems problems;
  private final Place place;
  private final Map<String, SourceNode.Member> members = new LinkedHashMap<>();

  ShapedObject(Problems problems, Place place) {
    this.problems = problems;
    this.place = place;
  }

  static SourceNode.Scalar text(Place place, String text) {
    return new SourceNode.Scalar(place, SourceNode.Kind.TEXT, text);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** Adds a part; a second one of the same name is a problem at {@code at}. */
  ShapedObject add(String name, Place at, SourceNode value) {
    SourceNode.Member earlier = members.putIfAbsent(name, new SourceNode.Member(at, value));
    if (earlier != null) {
      problems.error(
          ProblemCode.DUPLICATE,
          at,
          Quoted.text(name) + " to be said once",
          "line " + earlier.name().line() + " says it already");
    }
    return this;
  }

  ShapedObject add(String name, SourceNode value) {
    return add(name, value.place(), value);
  }

  ShapedObject add(String name, SourceNode.Member member) {
    return add(name, member.name(), member.value());
  }

  SourceNode.Obj shape() {
    return new SourceNode.Obj(place, members, SourceSize.ofMembers(members));
  }
}
