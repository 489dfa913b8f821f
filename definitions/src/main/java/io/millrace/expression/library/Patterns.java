package io.millrace.expression.library;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Regular expressions: one search takes time linear in the text (deviations 8), and the linear
 * factor, the size of the pattern with its repetitions written out, is bounded as well. Searches
 * may read the same part again and again, so what is paid for is what they read.
 */
final class Patterns {
  /** Characters of a pattern, inclusive. */
  static final int MAX_PATTERN_CHARS = 1_000;

  /** The product of all upper counts such as {@code {3}} and {@code {2,5}}, inclusive. */
  static final int MAX_REPETITIONS = 1_000;

  private Patterns() {}

  /** As Java's {@code String.split}. */
  static Value split(Call call, String text, String pattern, int limit) {
    Matcher matcher = matcher(call, text, pattern);
    List<Value> parts = new ArrayList<>();
    int from = 0;
    while ((limit <= 0 || parts.size() < limit - 1) && matcher.find()) {
      boolean emptyAtStart = matcher.end() == 0;
      if (!emptyAtStart) {
        parts.add(part(call, parts.size(), text, from, matcher.start()));
        from = matcher.end();
      }
    }
    if (parts.isEmpty()) {
      return array(call, List.of(new Value.Text(text)));
    }
    parts.add(part(call, parts.size(), text, from, text.length()));
    int end = parts.size();
    while (limit == 0 && end > 0 && ((Value.Text) parts.get(end - 1)).value().isEmpty()) {
      end--;
    }
    return array(call, parts.subList(0, end));
  }

  private static Value part(Call call, int before, String text, int from, int to) {
    call.meter().items(before + 1L);
    call.meter().text(to - from);
    return new Value.Text(text.substring(from, to));
  }

  private static Value array(Call call, List<Value> parts) {
    call.meter().array(parts.size());
    return new Value.Array(Type.STRING_ARRAY, parts.toArray(new Value[0]));
  }

  /** As Java's {@code String.replaceAll}, with {@code $1} and {@code \$} in the replacement. */
  static Value replaceAll(Call call, String text, String pattern, String replacement) {
    Matcher matcher = matcher(call, text, pattern);
    Bounded result = new Bounded(call.meter());
    int from = 0;
    while (matcher.find()) {
      result.append(text, from, matcher.start());
      expand(call, result, text, matcher, replacement);
      from = matcher.end();
    }
    result.append(text, from, text.length());
    return new Value.Text(result.text());
  }

  private static void expand(
      Call call, Bounded result, String text, Matcher matcher, String replacement) {
    int i = 0;
    while (i < replacement.length()) {
      char c = replacement.charAt(i++);
      if (c == '\\' || c == '$') {
        if (i == replacement.length()) {
          throw call.invalid(
              "a replacement with something after its last '" + c + "'", replacement);
        }
        if (c == '$') {
          i = group(call, result, text, matcher, replacement, i);
        } else {
          result.append(replacement, i, i + 1);
          i++;
        }
      } else {
        result.append(replacement, i - 1, i);
      }
    }
  }

  /**
   * Appends the group whose number begins at {@code at}: as many digits as make an existing one.
   */
  private static int group(
      Call call, Bounded result, String text, Matcher matcher, String replacement, int at) {
    int number = Character.digit(replacement.charAt(at), 10);
    if (number < 0 || number > matcher.groupCount()) {
      throw call.invalid("a replacement whose '$' names a group of the pattern", replacement);
    }
    int i = at + 1;
    while (i < replacement.length()) {
      int digit = Character.digit(replacement.charAt(i), 10);
      if (digit < 0 || number * 10 + digit > matcher.groupCount()) {
        break;
      }
      number = number * 10 + digit;
      i++;
    }
    if (matcher.start(number) >= 0) {
      result.append(text, matcher.start(number), matcher.end(number));
    }
    return i;
  }

  private static Matcher matcher(Call call, String text, String pattern) {
    if (pattern.length() > MAX_PATTERN_CHARS) {
      throw call.invalid(
          "a pattern of at most " + MAX_PATTERN_CHARS + " characters", pattern.length());
    }
    long repetitions = repetitions(pattern);
    if (repetitions > MAX_REPETITIONS) {
      throw call.invalid("a pattern whose counts multiply to at most " + MAX_REPETITIONS, pattern);
    }
    long states = repetitions * (pattern.length() + 1);
    call.meter().visits(states);
    try {
      return Pattern.compile(pattern).matcher(new MeteredText(text, states, call.meter()));
    } catch (PatternSyntaxException e) {
      throw call.invalid("a regular expression (" + e.getDescription() + ")", pattern);
    }
  }

  /** The product of the larger counts in braces; what only looks like one counts too. */
  private static long repetitions(String pattern) {
    long product = 1;
    for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', open + 1)) {
      long largest = 1;
      long number = 0;
      for (int i = open + 1; i < pattern.length() && pattern.charAt(i) != '}'; i++) {
        int digit = Character.digit(pattern.charAt(i), 10);
        number = digit < 0 ? 0 : Math.min(number * 10 + digit, Integer.MAX_VALUE);
        largest = Math.max(largest, number);
      }
      product = Math.min(product * largest, Integer.MAX_VALUE);
    }
    return product;
  }
}
