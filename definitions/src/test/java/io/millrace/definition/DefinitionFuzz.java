package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads mutated definitions and asserts what holds for any text: no exception, sound problems, no
 * endless reading, and that a push that was read is read as the same after it was written.
 *
 * <p>As a program, from the module's folder: {@code DefinitionFuzz MINUTES SEED FOLDER}. Inputs
 * that break a rule are put into the folder; those that are kept lie in {@code
 * src/test/resources/definitions/regressions}.
 */
final class DefinitionFuzz {
  static final Path RESOURCES = Path.of("src/test/resources/definitions");
  static final Path REGRESSIONS = RESOURCES.resolve("regressions");

  /** Of one reading; CPU time, so that a busy machine does not count. */
  private static final Duration MAX_CPU_TIME = Duration.ofSeconds(5);

  private static final int WRITTEN_SEEDS = 100;
  private static final int MAX_SEEDS = 2_000;
  private static final int MAX_KEPT_BYTES = 100_000;

  private final Random random;
  private final List<byte[]> seeds;
  private final DefinitionMutations mutations;
  final Figures figures = new Figures();

  DefinitionFuzz(long seed) throws IOException {
    this.random = new Random(seed);
    this.mutations = new DefinitionMutations(random);
    this.seeds = new ArrayList<>();
    for (Path file : Examples.files(RESOURCES, REGRESSIONS)) {
      seeds.add(Files.readAllBytes(file));
    }
    RandomPushes pushes = new RandomPushes(random);
    for (int i = 0; i < WRITTEN_SEEDS; i++) {
      seeds.add(DefinitionWriter.write(pushes.next()).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What was seen. */
  static final class Figures {
    int inputs;
    int accepted;
    int stored;
    int outgrown;
    int broken;
    long bytes;
    long slowestNanos;
    int slowestBytes;

    @Override
    public String toString() {
      return String.format(
          "%,d inputs of %,d bytes; %,d accepted, %,d more as stored, %,d too long when written;"
              + " slowest read %,d ms of CPU for %,d bytes; %,d inputs broke a rule",
          inputs,
          bytes,
          accepted,
          stored,
          outgrown,
          slowestNanos / 1_000_000,
          slowestBytes,
          broken);
    }
  }

  byte[] next() {
    byte[] seed = seeds.get(random.nextInt(seeds.size()));
    return mutations.mutated(seed, seeds.get(random.nextInt(seeds.size())));
  }

  /** Asserts all rules of one input. */
  void check(byte[] input) {
    figures.inputs++;
    figures.bytes += input.length;
    String text = new String(input, StandardCharsets.UTF_8);
    DefinitionReading read = checked(input, text, () -> DefinitionReader.read(input));
    DefinitionReading first = checked(input, text, () -> DefinitionReader.readFirst(input));
    DefinitionReading stored = checked(input, text, () -> DefinitionReader.readStored(text));
    assertThat(DefinitionReader.read(input)).isEqualTo(read);
    first.push().ifPresent(push -> assertThat(read.push()).contains(push));
    if (read.push().isPresent()) {
      assertThat(stored.push()).isEqualTo(read.push());
      figures.accepted++;
      keep(input);
      sameAgain(read.push().get(), DefinitionReader::read);
    } else if (stored.push().isPresent()) {
      figures.stored++;
      sameAgain(stored.push().get(), DefinitionReader::readStored);
    }
  }

  private DefinitionReading checked(byte[] input, String text, Supplier<DefinitionReading> reader) {
    long before = cpuNanos();
    DefinitionReading reading = reader.get();
    long nanos = cpuNanos() - before;
    if (nanos > figures.slowestNanos) {
      figures.slowestNanos = nanos;
      figures.slowestBytes = input.length;
    }
    assertThat(Duration.ofNanos(nanos)).as("CPU time of a read").isLessThan(MAX_CPU_TIME);
    Told.assertSound(reading);
    Told.assertWithin(reading.problems(), text);
    Told.assertWithin(reading.unsupported(), text);
    return reading;
  }

  /** Written with the types of all params, a text may come to be beyond the limits. */
  private void sameAgain(Push push, Function<String, DefinitionReading> reader) {
    String written = DefinitionWriter.write(push);
    DefinitionReading again = reader.apply(written);
    List<Problem> errors =
        again.problems().stream()
            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
            .toList();
    if (!errors.isEmpty()
        && errors.stream()
            .allMatch(
                problem ->
                    problem.code() == ProblemCode.LIMIT
                        || problem.code() == ProblemCode.TOO_LARGE)) {
      figures.outgrown++;
      return;
    }
    assertThat(errors).as(written).isEmpty();
    assertThat(again.push()).contains(push);
    assertThat(DefinitionWriter.write(again.push().orElseThrow())).isEqualTo(written);
  }

  private void keep(byte[] input) {
    if (input.length <= MAX_KEPT_BYTES) {
      if (seeds.size() < MAX_SEEDS) {
        seeds.add(input);
      } else {
        seeds.set(random.nextInt(seeds.size()), input);
      }
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The definitions of the repository. */
  public static void main(String[] args) throws IOException {
    long end = System.nanoTime() + Duration.ofMinutes(Long.parseLong(args[0])).toNanos();
    long seed = Long.parseLong(args[1]);
    Path folder = Files.createDirectories(Path.of(args[2]));
    System.out.println("Fuzzing for " + args[0] + " minutes with seed " + seed);
    DefinitionFuzz fuzz = new DefinitionFuzz(seed);
    while (System.nanoTime() < end) {
      byte[] input = fuzz.next();
      try {
        fuzz.check(input);
      } catch (RuntimeException | Error e) {
        Path file = folder.resolve("broken-" + fuzz.figures.broken++ + ".json");
        Files.write(file, input);
        String told = String.valueOf(e.getMessage()).strip();
        System.out.println(file + ": " + e.getClass() + " " + told.lines().limit(12).toList());
        if (fuzz.figures.broken < 5) {
          e.printStackTrace(System.out);
        }
      }
      if (fuzz.figures.inputs % 10_000 == 0) {
        System.out.println(fuzz.figures);
      }
    }
    System.out.println("Done: " + fuzz.figures);
  }
}
