package io.millrace.expression.fuzz;

import java.util.List;
import java.util.Random;

/** Random programs of the language: right in form, seldom in meaning. */
final class ExpressionGrammar {
  private static final int MAX_DEPTH = 5;

  private static final List<String> NAMES =
      List.of("foo", "n", "d", "flag", "arr", "names", "mp", "x", "y", "z", "nobody", "params");
  private static final List<String> LITERALS =
      List.of(
          "0",
          "1",
          "2",
          "-1",
          "25000",
          "9223372036854775807",
          "-9223372036854775808",
          "0xFF",
          "1.5",
          "1e308",
          "-0.0",
          ".5",
          "true",
          "false",
          "null",
          "''",
          "'a'",
          "'k'",
          "\"a,b\"",
          "'20260131'",
          "'\\u00e9\\n'",
          "'(a|b)*c'",
          "'$1'",
          "'%s %5d'",
          "'yyyy-MM-dd'",
          "'US/Pacific'",
          "'P1D'",
          "'2 hours'",
          "'2026-01-01T00:00:00Z'");
  private static final List<String> OPERATORS =
      List.of("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||");
  private static final List<String> ASSIGNMENTS = List.of("=", "+=", "-=", "*=", "/=", "%=");
  private static final List<String> TYPES =
      List.of("int", "long", "double", "boolean", "String", "Map", "DateTime", "Nobody");
  private static final List<String> METHODS =
      List.of(
          "length",
          "split",
          "replaceAll",
          "replace",
          "substring",
          "indexOf",
          "lastIndexOf",
          "charAt",
          "trim",
          "toUpperCase",
          "equals",
          "compareTo",
          "contains",
          "startsWith",
          "escape",
          "get",
          "put",
          "getOrDefault",
          "containsKey",
          "keySet",
          "size",
          "toString",
          "intValue",
          "longValue",
          "plusDays",
          "minusYears",
          "plusMillis",
          "withZone",
          "withDayOfMonth",
          "getMillis",
          "getYear",
          "dayOfMonth",
          "getAsText",
          "withMaximumValue",
          "isAfter",
          "print",
          "parseDateTime",
          "none");
  private static final List<String> STATICS =
      List.of(
          "String.format",
          "String.join",
          "String.valueOf",
          "String.escape",
          "Long.parseLong",
          "Long.valueOf",
          "Double.parseDouble",
          "Math.abs",
          "Math.pow",
          "Math.round",
          "Math.min",
          "Util.intsBetween",
          "Util.dateIntsBetween",
          "Util.dateIntToTs",
          "Util.tsToDateInt",
          "Util.incrementDateInt",
          "Util.toJson",
          "Util.dateIntHourToTs",
          "Arrays.asList",
          "Util.timeoutForDateTimeDeadline",
          "DateTime.parse",
          "DateTimeFormat.forPattern",
          "DateTimeZone.forID",
          "Days.daysBetween",
          "UUID.randomUUID",
          "Math.random",
          "new DateTime",
          "new Map",
          "new String",
          "new Double",
          "params.get",
          "params.getFromStep");

  String program(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(statement(random, 0)).append(random.nextBoolean() ? " " : "\n");
    }
    return text.append(random.nextBoolean() ? "return " : "")
        .append(expression(random, 0))
        .append(random.nextBoolean() ? ";" : "")
        .toString();
  }

  private String statement(Random random, int depth) {
    if (depth > 3) {
      return expression(random, depth) + ";";
    }
    return switch (random.nextInt(10)) {
      case 0 -> "{ " + statement(random, depth + 1) + " " + statement(random, depth + 1) + " }";
      case 1 ->
          "if (%s) %s else %s"
              .formatted(
                  expression(random, depth + 2),
                  statement(random, depth + 1),
                  statement(random, depth + 1));
      case 2 ->
          "while (%s) { %s %s }"
              .formatted(
                  expression(random, depth + 2),
                  statement(random, depth + 1),
                  pick(List.of("break;", "continue;", "x += 1;", ""), random));
      case 3 ->
          "for (i = 0; i < %s; i += 1) %s"
              .formatted(expression(random, depth + 2), statement(random, depth + 1));
      case 4 ->
          "%s%s %s = %s;"
              .formatted(
                  pick(TYPES, random),
                  random.nextInt(4) == 0 ? "[]" : "",
                  pick(NAMES, random),
                  expression(random, depth));
      case 5, 6, 7 -> assignment(random, depth) + ";";
      case 8 -> "throw " + expression(random, depth) + ";";
      default -> expression(random, depth) + ";";
    };
  }

  private String assignment(Random random, int depth) {
    String target = pick(NAMES, random);
    if (random.nextInt(3) == 0) {
      target += "[" + expression(random, depth + 2) + "]";
    }
    return target + " " + pick(ASSIGNMENTS, random) + " " + expression(random, depth + 1);
  }

  private String expression(Random random, int depth) {
    if (depth >= MAX_DEPTH) {
      return leaf(random);
    }
    return switch (random.nextInt(14)) {
      case 0, 1, 2 ->
          "%s %s %s"
              .formatted(
                  expression(random, depth + 1),
                  pick(OPERATORS, random),
                  expression(random, depth + 1));
      case 3 -> "(" + expression(random, depth + 1) + ")";
      case 4 -> pick(List.of("-", "+", "!"), random) + expression(random, depth + 1);
      case 5 ->
          "(%s ? %s : %s)"
              .formatted(
                  expression(random, depth + 1),
                  expression(random, depth + 1),
                  expression(random, depth + 1));
      case 6, 7 ->
          "%s.%s(%s)"
              .formatted(
                  expression(random, depth + 2), pick(METHODS, random), arguments(random, depth));
      case 8, 9 -> pick(STATICS, random) + "(" + arguments(random, depth) + ")";
      case 10 -> leaf(random) + "[" + expression(random, depth + 1) + "]";
      case 11 ->
          random.nextBoolean()
              ? "new %s[]{%s}".formatted(pick(TYPES, random), arguments(random, depth))
              : "new %s[%s]".formatted(pick(TYPES, random), expression(random, depth + 1));
      case 12 -> "(" + assignment(random, depth + 1) + ")";
      default -> leaf(random);
    };
  }

  private String arguments(Random random, int depth) {
    StringBuilder arguments = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      arguments.append(expression(random, depth + 2)).append(i > 1 ? ", " : "");
    }
    return arguments.toString();
  }

  private static String leaf(Random random) {
    return random.nextBoolean() ? pick(NAMES, random) : pick(LITERALS, random);
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
