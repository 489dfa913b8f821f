package io.millrace.definition;

import io.millrace.duration.Durations;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a text that {@link SourceReader} reads. What is missing or wrong is
 * told with its place, and reading goes on, so that all problems come at once. A field whose value
 * is null counts as left out.
 */
public final class SourceFields {
  /** 328 years: what is added to a time must still be one. */
  static final Duration MAX_DURATION = Duration.ofDays(120_000);

  /** The times that can be read; all of them have four digits for the year. */
  static final Instant MIN_INSTANT = Instant.EPOCH;

  static final Instant MAX_INSTANT = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;

  private final Fields fields;
  private final Problems problems;
  private final Scalars scalars;

  SourceFields(Fields fields, Problems problems) {
    this.fields = fields;
    this.problems = problems;
    this.scalars = new Scalars(problems);
  }

  // ---- what there is

  /** The names of all fields, in the order they were written. */
  public Set<String> names() {
    return new LinkedHashSet<>(fields.members().keySet());
  }

  /** Whether the field is there, whatever its value. */
  public boolean has(String name) {
    return fields.find(name).isPresent();
  }

  /** Whether the field's value is an object, where it may be something else as well. */
  public boolean isObject(String name) {
    return fields.find(name).orElse(null) instanceof SourceNode.Obj;
  }

  /** Whether the field's value is {@code true}, where it may be something else as well. */
  public boolean isTrue(String name) {
    return fields.find(name).orElse(null) instanceof SourceNode.Scalar scalar
        && scalar.kind() == SourceNode.Kind.BOOLEAN
        && scalar.text().equals("true");
  }

  // ---- values

  /** Text; a number or boolean is none. */
  public Optional<String> text(String name) {
    return fields.text(name, LIMITS.maxTextChars());
  }

  /** As {@link #text}, of a field that must be there. */
  public Optional<String> requireText(String name) {
    return fields.require(name).flatMap(node -> scalars.text(node, LIMITS.maxTextChars()));
  }

  public Optional<Long> integer(String name, long min, long max) {
    return fields.find(name).flatMap(node -> scalars.integer(node, min, max));
  }

  public Optional<Boolean> bool(String name) {
    return fields.find(name).flatMap(scalars::bool);
  }

  /** The constant of that name, in any case. */
  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return fields.oneOf(name, type);
  }

  /** A length of time from 0 on: text such as {@code 5s}, or a whole number of seconds. */
  public Optional<Duration> duration(String name) {
    Optional<SourceNode> node = fields.find(name);
    Optional<Duration> found =
        node.flatMap(SourceFields::scalar)
            .flatMap(Durations::parse)
            .filter(duration -> !duration.isNegative() && duration.compareTo(MAX_DURATION) <= 0);
    if (node.isPresent() && found.isEmpty()) {
      problems.unexpected(
          ProblemCode.BAD_VALUE,
          node.get(),
          "a length of time such as '30s' or '2 hours', at most "
              + MAX_DURATION.toDays()
              + " days");
    }
    return found;
  }

  /** As {@link #duration}, of a field that must be there. */
  public Optional<Duration> requireDuration(String name) {
    return fields.require(name).flatMap(node -> duration(name));
  }

  /** A point in time, such as {@code 2026-01-01T00:00:00Z}. */
  public Optional<Instant> instant(String name) {
    Optional<SourceNode> node = fields.find(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> found =
        scalar(node.get())
            .flatMap(SourceFields::parseInstant)
            .filter(time -> !time.isBefore(MIN_INSTANT) && !time.isAfter(MAX_INSTANT));
    if (found.isEmpty()) {
      problems.unexpected(
          ProblemCode.BAD_VALUE,
          node.get(),
          "a time such as 2026-01-01T00:00:00Z, from 1970 to 9999");
    }
    return found;
  }

  private static Optional<Instant> parseInstant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A list of texts; empty if the field is left out. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    fields
        .array(name)
        .ifPresent(
            array ->
                array
                    .items()
                    .forEach(
                        item -> scalars.text(item, LIMITS.maxTextChars()).ifPresent(texts::add)));
    return texts;
  }

  private static Optional<String> scalar(SourceNode node) {
    return node instanceof SourceNode.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
  }

  // ---- objects

  /** The fields of the object in this field. */
  public Optional<SourceFields> object(String name) {
    return fields.find(name).flatMap(this::asObject);
  }

  /** Reads each object of a list; empty if the field is left out. */
  public <T> List<T> objects(String name, Function<SourceFields, Optional<T>> reader) {
    List<T> read = new ArrayList<>();
    fields
        .array(name)
        .ifPresent(
            array ->
                array.items().forEach(item -> asObject(item).flatMap(reader).ifPresent(read::add)));
    return read;
  }

  private Optional<SourceFields> asObject(SourceNode node) {
    return Fields.of(node, problems).map(found -> new SourceFields(found, problems));
  }

  // ---- params

  /** Params in plain form, {@code {rows: 12}}, or with their type; no expressions. */
  public Map<String, ParamDefinition> params(String name) {
    Map<String, ParamDefinition> read = paramReader().read(fields, name, Set.of());
    if (fields.find(name).orElse(null) instanceof SourceNode.Obj object) {
      object.members().forEach((param, member) -> refuseExpression(member, read.get(param)));
    }
    return read;
  }

  /** As {@link #params}, of all fields of this object. */
  public Map<String, ParamDefinition> asParams() {
    Map<String, ParamDefinition> read = new LinkedHashMap<>();
    ParamReader reader = paramReader();
    Names names = new Names(LIMITS, problems);
    fields
        .members()
        .forEach(
            (name, member) -> {
              names.checkParam(name, member.name());
              fields
                  .find(name)
                  .flatMap(node -> reader.one(name, node))
                  .ifPresent(param -> read.put(name, param));
              refuseExpression(member, read.get(name));
            });
    return read;
  }

  private ParamReader paramReader() {
    return new ParamReader(LIMITS, problems, new TextUses(), TextUse.Purpose.PARAM);
  }

  private void refuseExpression(SourceNode.Member member, @Nullable ParamDefinition read) {
    if (read != null && read.content() instanceof ParamContent.Computed) {
      problems.error(
          ProblemCode.BAD_VALUE,
          member.name(),
          member.name().label() + " to be a value",
          "it is an expression");
    }
  }

  // ---- problems

  /** Tells that the value of a field is not what it should be. */
  public void refuse(String name, String toBe) {
    fields.find(name).ifPresent(node -> problems.unexpected(ProblemCode.BAD_VALUE, node, toBe));
  }

  /** Tells that a field may not be there: "Expected {@code expected}, but {@code finding}.". */
  public void refuseField(String name, String expected, String finding) {
    SourceNode.Member member = fields.members().get(name);
    problems.error(
        ProblemCode.BAD_VALUE, member == null ? fields.place() : member.name(), expected, finding);
  }

  /** Tells what is wrong with the object as a whole. */
  public void refuseObject(String expected, String finding) {
    problems.error(ProblemCode.BAD_VALUE, fields.place(), expected, finding);
  }

  /** Tells that {@code what}, named in a field, can't be done by this release. */
  public void notYet(String name, String what) {
    SourceNode.Member member = fields.members().get(name);
    problems.error(
        ProblemCode.NOT_SUPPORTED_YET,
        member == null ? fields.place() : member.name(),
        "only what this release can run",
        what + " is not supported yet");
  }

  /** What a message calls this object. */
  public String label() {
    return fields.place().label();
  }

  /** Tells every field that nobody has asked for. */
  public void refuseOthers() {
    fields.refuseOthers();
  }
}
