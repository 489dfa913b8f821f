package io.millrace.bench.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Evaluations a second of expressions compiled once, by one thread; conditions that CEL can say too
 * are measured against {@code dev.cel} with the same inputs, and must give the same.
 *
 * <p>CEL is used as it is meant to be and at its fastest: type-checked with declared variables, one
 * program kept, the variables looked up by name as ours are. Its older interpreter and its newer
 * planner both run, and the faster one counts.
 *
 * <p>Arguments, all optional: {@code millis=400 warmup=1000 rounds=7}. Every expression is warmed
 * up before any is measured, so that no evaluator has the JIT compiler to a single expression,
 * which it would not have in a job either. Then all take turns, round by round, and are compared
 * within a round, so that a machine that grows slower favours none.
 */
public final class LanguageBench {
  private static final int PASSES = 25_000;

  private static final List<Condition> CONDITIONS =
      List.of(
          new Condition("true"),
          new Condition("force"),
          new Condition("param2 >= 0"),
          new Condition("state == 'DONE'"),
          new Condition("param2 > 0 && retries < 3"),
          new Condition("force || state == 'DONE' && param2 != 100"),
          new Condition("param2 * 2 + 1 < total - retries"),
          new Condition("rate * 1.5 >= 2.0"),
          new Condition("param2 > 100 ? retries : total"),
          new Condition("sizes[1] >= 200"),
          new Condition("state.startsWith('RUN')"),
          new Condition("labels.containsKey('team')", "'team' in labels"));

  private LanguageBench() {}

  public static void main(String[] args) {
    Arguments arguments =
        Arguments.parse(args, Map.of("millis", "400", "warmup", "1000", "rounds", "7"));
    int millis = arguments.number("millis", 1);
    int warmup = arguments.number("warmup", 0);
    int rounds = arguments.number("rounds", 1);
    Inputs inputs = new Inputs();
    List<Compared> conditions =
        CONDITIONS.stream().map(condition -> Compared.compile(condition, inputs)).toList();
    List<Alone> alone = alone(inputs);
    // Twice, because the first are warm before the JIT compiler has seen what the last need.
    for (int i = 0; i < 2; i++) {
      conditions.forEach(condition -> condition.warmUp(warmup));
      alone.forEach(expression -> expression.warmUp(warmup));
    }
    for (int round = 0; round < rounds; round++) {
      conditions.forEach(condition -> condition.round(millis));
      alone.forEach(expression -> expression.round(millis));
    }
    Lines.print("command: LanguageBench %s", arguments);
    Lines.print(
        "machine: %d cores, Java %s; one thread, %d rounds of %d ms, medians",
        Runtime.getRuntime().availableProcessors(), Runtime.version(), rounds, millis);
    Lines.print(
        "%-44s %12s %12s %12s %6s %13s %14s",
        "evaluations a second",
        "millrace",
        "cel legacy",
        "cel planner",
        "ratio",
        "rounds",
        "bytes each");
    conditions.forEach(Compared::print);
    Lines.print(
        "ratio: millrace / the faster CEL of the round; rounds: the least and the greatest");
    Lines.print("bytes each: memory an evaluation takes, millrace / the faster CEL");
    Lines.print("");
    alone.forEach(Alone::print);
  }

  private static List<Alone> alone(Inputs inputs) {
    String dates =
        "new DateTime(1569018000000).withZone(DateTimeZone.forID('UTC')).plusDays(3)"
            + ".toString('yyyyMMdd')";
    String dateInts = "Util.incrementDateInt(20190928, 5)";
    String loop =
        "int s = 0; for (int i = 0; i < %d; i += 1) { s += i; } return s;".formatted(PASSES);
    return List.of(
        Alone.compile(dates, dates, inputs, "20190923", 1),
        Alone.compile(dateInts, dateInts, inputs, "20191003", 1),
        Alone.compile("loop of " + PASSES + " passes, passes", loop, inputs, "312487500", PASSES));
  }

  /** The same in both languages. */
  private record Condition(String millrace, String cel) {
    Condition(String both) {
      this(both, both);
    }
  }

  /** The rates of one round. */
  private record Round(double millrace, double legacy, double planned) {
    double ratio() {
      return millrace / Math.max(legacy, planned);
    }
  }

  /** A condition in both languages. */
  private record Compared(
      String text,
      MillraceExpression millrace,
      CelExpression legacy,
      CelExpression planned,
      List<Round> rounds) {
    static Compared compile(Condition condition, Inputs inputs) {
      MillraceExpression millrace = new MillraceExpression(condition.millrace(), inputs);
      CelExpression legacy = CelExpression.legacy(condition.cel(), inputs);
      CelExpression planned = CelExpression.planned(condition.cel(), inputs);
      for (int set = 0; set < Inputs.SETS; set++) {
        requireSame(condition.cel(), millrace.result(set), legacy.result(set));
        requireSame(condition.cel(), millrace.result(set), planned.result(set));
      }
      return new Compared(condition.millrace(), millrace, legacy, planned, new ArrayList<>());
    }

    void warmUp(int millis) {
      measure(millis);
    }

    void round(int millis) {
      rounds.add(measure(millis));
    }

    private Round measure(int millis) {
      return new Round(
          Rate.measure(millrace, millis, false),
          Rate.measure(legacy, millis, false),
          Rate.measure(planned, millis, false));
    }

    void print() {
      double older = median(Round::legacy);
      double newer = median(Round::planned);
      List<Double> ratios = rounds.stream().map(Round::ratio).sorted().toList();
      Lines.print(
          "%-44s %12.0f %12.0f %12.0f %6.2f %6.2f-%6.2f %6.0f / %5.0f",
          text,
          median(Round::millrace),
          older,
          newer,
          Rate.median(ratios),
          ratios.get(0),
          ratios.get(ratios.size() - 1),
          Allocation.bytes(millrace, false),
          Allocation.bytes(older > newer ? legacy : planned, false));
    }

    private double median(ToDoubleFunction<Round> rate) {
      return Rate.median(rounds.stream().mapToDouble(rate).boxed().toList());
    }
  }

  /** What CEL can't say. */
  private record Alone(String name, MillraceExpression expression, int units, List<Double> rates) {
    static Alone compile(String name, String text, Inputs inputs, String expected, int units) {
      MillraceExpression expression = new MillraceExpression(text, inputs);
      requireSame(text, expected, expression.result(0));
      return new Alone(name, expression, units, new ArrayList<>());
    }

    void warmUp(int millis) {
      Rate.measure(expression, millis, units > 1);
    }

    void round(int millis) {
      rates.add(Rate.measure(expression, millis, units > 1) * units);
    }

    void print() {
      List<Double> sorted = rates.stream().sorted().toList();
      Lines.print("%s a second", name);
      Lines.print(
          "%-44s %12.0f   rounds %.0f-%.0f, bytes each evaluation %.0f",
          "",
          Rate.median(sorted),
          sorted.get(0),
          sorted.get(sorted.size() - 1),
          Allocation.bytes(expression, units > 1));
    }
  }

  private static void requireSame(String text, String one, String other) {
    if (!one.equals(other)) {
      throw new IllegalStateException(
          "Expected '%s' to give %s, but it gives %s.".formatted(text, one, other));
    }
  }
}
