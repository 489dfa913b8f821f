package io.millrace.expression.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.expression.Analysis;
import io.millrace.expression.Expression;
import io.millrace.expression.ExpressionLimits;
import io.millrace.expression.Failure;
import io.millrace.expression.FailureCode;
import io.millrace.expression.Meter;
import io.millrace.expression.NameTypes;
import io.millrace.expression.Outcome;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Scope;
import io.millrace.expression.Surroundings;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Parser, check and evaluator of expressions.
 *
 * <p>Promises: nothing is thrown, no failure is a bug, every place is inside the text, the checked
 * type is the type of the value, the same again gives the same, and all that in bounded time.
 */
public final class ExpressionTarget implements FuzzTarget {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00:00Z

  /** CPU time that 200,000 visits take many times over. */
  private static final long MAX_MILLIS = 5_000;

  private static final ExpressionLimits LIMITS =
      new ExpressionLimits(10_000, 200_000, 2_500, 2_500, 100_000, 2_500, 10_000_000, 100);

  private final ExpressionGrammar grammar = new ExpressionGrammar();
  private final Mutations mutations;
  private final List<String> corpus;

  /**
   * @param corpus what is mutated besides what the grammar gives
   */
  public ExpressionTarget(List<String> corpus) {
    this.corpus = List.copyOf(corpus);
    this.mutations = new Mutations(corpus);
  }

  @Override
  public String name() {
    return "expression";
  }

  @Override
  public byte[] next(Random random) {
    boolean known = !corpus.isEmpty() && random.nextInt(3) == 0;
    String text = known ? corpus.get(random.nextInt(corpus.size())) : grammar.program(random);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return random.nextInt(3) == 0 ? bytes : mutations.mutate(bytes, random);
  }

  /** What is no UTF-8 becomes a half of a surrogate pair: a Java text may hold one. */
  static String decoded(byte[] input) {
    return new String(input, StandardCharsets.UTF_8).replace('\uFFFD', '\uD800');
  }

  @Override
  public String run(byte[] input) {
    String text = decoded(input);
    long start = cpuNanos();
    String ending = evaluated(text);
    assertThat(evaluated(text)).as("the same again").isEqualTo(ending);
    assertThat((cpuNanos() - start) / 1_000_000).as("CPU milliseconds").isLessThan(MAX_MILLIS);
    return ending.substring(0, ending.indexOf(' '));
  }

  /** Of this thread alone: other programs on the machine must not fail an input. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static String evaluated(String text) {
    Map<String, Value> names = names();
    Scope scope = name -> Optional.ofNullable(names.get(name));
    NameTypes types = name -> scope.find(name).map(Value::type);
    Expression expression = Expression.compile(text, LIMITS);
    Analysis analysis = Expression.check(text, types);
    analysis.failures().forEach(failure -> assertSound(failure, text));
    Meter meter = new Meter(LIMITS);
    Outcome outcome =
        expression.evaluate(scope, new Surroundings(NOON, "seed", ParamFunctions.NONE), meter);
    if (outcome instanceof Outcome.NoResult none) {
      assertSound(none.failure(), text);
      return none.failure().code() + " " + none.failure();
    }
    // throws if there was more work than fuel
    meter.visits(0);
    Value value = ((Outcome.Result) outcome).value();
    if (analysis.failures().isEmpty() && analysis.result() != Type.ANY) {
      assertThat(value.type()).as("type of the value").isEqualTo(analysis.result());
    }
    return value.type() + " " + value.text();
  }

  private static void assertSound(Failure failure, String text) {
    assertThat(failure.code()).as(failure.message()).isNotEqualTo(FailureCode.INTERNAL);
    assertThat(failure.message()).startsWith("Expected ");
    Position at = failure.at();
    String[] lines = text.split("\n", -1);
    assertThat(at.line()).as("line").isBetween(1, lines.length);
    int behind = lines[at.line() - 1].length() + 1;
    assertThat(at.column()).as("column").isBetween(1, behind);
  }

  private static Map<String, Value> names() {
    Map<String, Value> names = new HashMap<>();
    names.put("foo", new Value.Text("bar"));
    names.put("n", new Value.Int(10));
    names.put("d", new Value.Decimal(2.5));
    names.put("flag", Value.Bool.TRUE);
    Value[] items = {new Value.Int(1), new Value.Int(2), new Value.Int(3)};
    names.put("arr", new Value.Array(Type.LONG_ARRAY, items));
    Value[] texts = {new Value.Text("a"), Value.Null.NULL};
    names.put("names", new Value.Array(Type.STRING_ARRAY, texts));
    Value.Dict map = new Value.Dict();
    map.entries().put("k", new Value.Text("v"));
    names.put("mp", map);
    return names;
  }
}
