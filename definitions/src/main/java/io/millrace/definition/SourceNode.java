package io.millrace.definition;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A value of the pushed text with its place: what the readers read instead of raw JSON. */
sealed interface SourceNode {

  Place place();

  <R> R accept(Cases<R> cases);

  /** What a message says this is, after "but it is". */
  default String found() {
    return accept(
        new Cases<>() {
          @Override
          public String object(Obj node) {
            return "an object";
          }

          @Override
          public String array(Arr node) {
            return "an array";
          }

          @Override
          public String scalar(Scalar node) {
            return node.kind() == Kind.TEXT ? Quoted.text(node.text()) : Quoted.plain(node.text());
          }
        });
  }

  /** True for what stands for "nothing here": null, false, and what is empty. */
  default boolean isEmpty() {
    return accept(
        new Cases<>() {
          @Override
          public Boolean object(Obj node) {
            return node.members().isEmpty();
          }

          @Override
          public Boolean array(Arr node) {
            return node.items().isEmpty();
          }

          @Override
          public Boolean scalar(Scalar node) {
            return switch (node.kind()) {
              case NULL -> true;
              case TEXT -> node.text().isEmpty();
              case BOOLEAN -> node.text().equals("false");
              case INTEGER, DECIMAL -> false;
            };
          }
        });
  }

  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
  }

  /** What to do with each kind of node. */
  interface Cases<R> {
    R object(Obj node);

    R array(Arr node);

    R scalar(Scalar node);
  }

  /**
   * An object.
   *
   * @param members in the order they were written, each name once
   * @param chars of its text, brackets included
   */
  record Obj(Place place, Map<String, Member> members, long chars) implements SourceNode {
    public Obj {
      members = Collections.unmodifiableMap(members);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.object(this);
    }
  }

  /**
   * A field of an object.
   *
   * @param name the place of its name
   */
  record Member(Place name, SourceNode value) {}

  record Arr(Place place, List<SourceNode> items) implements SourceNode {
    public Arr {
      items = Collections.unmodifiableList(items);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.array(this);
    }
  }

  /**
   * A value without parts.
   *
   * @param text without quotes; a number exactly as written
   */
  record Scalar(Place place, Kind kind, String text) implements SourceNode {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.scalar(this);
    }
  }

  /** The kinds of scalar. */
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    NULL
  }
}
