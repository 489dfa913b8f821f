package io.millrace.definition;

import io.millrace.evaluation.Template;
import io.millrace.label.Notes;
import io.millrace.label.Tag;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The small parts of random definitions: texts of odd characters, numbers, notes and tags. */
final class RandomTexts {
  private static final List<String> PIECES =
      List.of(
          "a", "Z", "0", " ", ".", "-", "_", "/", ":", "@", "#", "'", "\"", "\\", "\\u0041", "{",
          "}", "[", "]", ",", "<", "&", "%", "$", "$$", "$ ", "$9", "true", "null", "\n", "\r\n",
          "\t", "\b", "\u0000", "\u001f", "\u007f", "\u0085", "\u00a0", "é", "ß", "漢", "😀",
          "e\u0301", "\u200b", "\u2028", "\u2029", "\ufeff", "\uffff", "\u202e", "İ", "٣");
  private static final List<String> TAG_PIECES =
      List.of(
          "a", "Q", "7", "_", " ", ".", ",", ":", "@", "&", "=", "'", "(", ")", "{", "}", "$", "$$",
          "+", "[", "]", "-", "/", "\\");
  private static final List<String> ID_PIECES = List.of("a", "B", "7", ".", "-", "q_");
  private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream().sorted().toList();

  private final Random random;
  private int count;

  RandomTexts(Random random) {
    this.random = random;
  }

  boolean oneIn(int chances) {
    return random.nextInt(chances) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  final <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Null in half of all cases. */
  <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  <T> List<T> some(int atMost, Supplier<T> item) {
    List<T> items = new ArrayList<>();
    for (int left = random.nextInt(atMost + 1); left > 0; left--) {
      items.add(item.get());
    }
    return items;
  }

  <T> Map<String, T> named(int atMost, Supplier<String> name, Supplier<T> value) {
    Map<String, T> entries = new LinkedHashMap<>();
    for (int left = random.nextInt(atMost + 1); left > 0; left--) {
      entries.put(name.get(), value.get());
    }
    return entries;
  }

  /** Any text in which nothing is interpolated but {@code $$}. */
  String odd() {
    String text = joined(PIECES, random.nextInt(8));
    return Template.parse(text).occurrences().isEmpty() ? text : text.replace("$", "");
  }

  /** As {@link #odd}, but not blank. */
  String oddName() {
    String text = odd();
    return text.isBlank() ? "x" + text : text;
  }

  /** Text that may read a name which every run has. */
  String interpolated() {
    return oneIn(3) ? odd() + one("${workflow_id}", "$owner ", "${RUN_DATE}") + odd() : odd();
  }

  /** An id of a step, param or workflow, never the same twice. */
  String id() {
    return one("s", "_", "Step") + joined(ID_PIECES, random.nextInt(4)) + "." + count++;
  }

  /** A name of a tag or signal, never the same twice. */
  String tagName() {
    String text = joined(TAG_PIECES, random.nextInt(5)) + count++;
    return Template.parse(text).occurrences().isEmpty() ? text : text.replace("$", "");
  }

  String zone() {
    return one(ZONES);
  }

  private String joined(List<String> pieces, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(one(pieces));
    }
    return text.toString();
  }

  /** A number from {@code min} to {@code max}, often one of the two. */
  long between(long min, long max) {
    return switch (random.nextInt(4)) {
      case 0 -> min;
      case 1 -> max;
      case 2 -> Math.min(max, min + random.nextInt(100));
      default -> min + (long) (random.nextDouble() * (max - min));
    };
  }

  Duration duration(Duration min, Duration max) {
    return Duration.ofMillis(between(min.toMillis(), max.toMillis()));
  }

  long any() {
    return one(random.nextLong(), (long) random.nextInt(10), Long.MAX_VALUE, Long.MIN_VALUE);
  }

  BigDecimal decimal() {
    return new BigDecimal(
        new BigInteger(random.nextInt(100), random), random.nextInt(one(1, 40, 400)) - 20);
  }

  List<Tag> tags() {
    return some(2, this::tag);
  }

  private Tag tag() {
    return random.nextBoolean()
        ? Tag.named(tagName())
        : new Tag(tagName(), maybe(() -> one(Tag.Namespace.values())), notes());
  }

  /** Notes under names that no reader knows. */
  Notes notes() {
    if (random.nextBoolean()) {
      return Notes.NONE;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int left = random.nextInt(3); left > 0; left--) {
      fields.put(one("note ", "", "Type") + count++ + odd(), note(3));
    }
    return new Notes(fields);
  }

  private Object note(int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 -> oneIn(4) ? "${not evaluated} $x" : odd();
      case 1 -> oneIn(5) ? new BigDecimal(one("1E-999999999", "-7E+999999999")) : decimal();
      case 2 -> random.nextBoolean();
      case 3 -> list(depth);
      default ->
          named(3, () -> oneIn(3) ? one("type", "value", "id") : odd(), () -> note(depth - 1));
    };
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      items.add(oneIn(4) ? null : note(depth - 1));
    }
    return Collections.unmodifiableList(items);
  }

  /** Some of the constants, each once, in any order. */
  <E> List<E> subset(E[] constants) {
    List<E> all = new ArrayList<>(Arrays.asList(constants));
    Collections.shuffle(all, random);
    Set<E> some = new LinkedHashSet<>(all.subList(0, random.nextInt(all.size() + 1)));
    return List.copyOf(some);
  }
}
