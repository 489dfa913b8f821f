package io.millrace.bench.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a check has counted, and each promise it found broken. */
final class Findings {
  private static final int SHOWN = 20;

  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final List<String> broken = new ArrayList<>();

  void count(String what, long number) {
    counts.merge(what, number, Long::sum);
  }

  void broken(String sentence) {
    broken.add(sentence);
  }

  List<String> broken() {
    return List.copyOf(broken);
  }

  Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  /** A table of the counts, then the broken promises, the first few in full. */
  String text() {
    StringBuilder text = new StringBuilder();
    counts.forEach((what, number) -> text.append("%12d  %s%n".formatted(number, what)));
    text.append("%12d  promises broken%n".formatted(broken.size()));
    broken.stream()
        .limit(SHOWN)
        .forEach(sentence -> text.append("  - ").append(sentence).append('\n'));
    if (broken.size() > SHOWN) {
      text.append("  - and ").append(broken.size() - SHOWN).append(" more\n");
    }
    return text.toString();
  }
}
