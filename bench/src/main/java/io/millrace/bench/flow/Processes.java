package io.millrace.bench.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The most memory that processes have had resident, and the processor time they took, since {@link
 * #reset}. Linux only.
 */
final class Processes {
  private static final String PEAK = "VmHWM:";

  /** After the name in parentheses, which may hold spaces: the times in user and kernel mode. */
  private static final int USER_TICKS = 11;

  private static final int KERNEL_TICKS = 12;
  private static final double TICKS_PER_SECOND = 100;

  private final Map<String, Path> processes = new LinkedHashMap<>();
  private final Map<String, Long> ticksBefore = new HashMap<>();

  /**
   * Of the named processes.
   *
   * @param text {@code name:pid,name:pid}, or empty for none
   */
  Processes(String text) {
    for (String process : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] parts = process.split(":", -1);
      processes.put(parts[0], Path.of("/proc", parts[1]));
    }
  }

  /** From now on both count anew. */
  void reset() throws IOException {
    for (Map.Entry<String, Path> process : processes.entrySet()) {
      Files.writeString(process.getValue().resolve("clear_refs"), "5");
      ticksBefore.put(process.getKey(), ticks(process.getValue()));
    }
  }

  /** {@code name 512 MiB 3.1 s, name 700 MiB 4.0 s}. */
  String read() throws IOException {
    List<String> each = new ArrayList<>();
    for (Map.Entry<String, Path> process : processes.entrySet()) {
      long ticks = ticks(process.getValue()) - ticksBefore.getOrDefault(process.getKey(), 0L);
      each.add(
          String.format(
              Locale.ROOT,
              "%s %s %.1f s",
              process.getKey(),
              peak(process.getValue()),
              ticks / TICKS_PER_SECOND));
    }
    return String.join(", ", each);
  }

  private static long ticks(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[KERNEL_TICKS]);
  }

  private static String peak(Path process) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(PEAK))
        .map(line -> line.substring(PEAK.length()).replace("kB", "").strip())
        .map(kib -> Long.parseLong(kib) / 1024 + " MiB")
        .findFirst()
        .orElse("unknown");
  }
}
