package io.millrace.expression;

import java.util.List;
import java.util.Random;

/** Random expressions and, beside each, the plain Java value it must have. */
final class ArithmeticOracle {
  private static final int MAX_DEPTH = 3;
  private static final List<String> TEXTS = List.of("", "a", "b", "ab", "abc", "7", "-1");

  private final Random random;

  ArithmeticOracle(Random random) {
    this.random = random;
  }

  /**
   * A text and its value.
   *
   * @param value a Long, Double, Boolean or String
   */
  record Expected(String text, Object value) {}

  Expected next() {
    return switch (random.nextInt(4)) {
      case 0 -> whole(0);
      case 1 -> decimal(0);
      case 2 -> bool(0);
      default -> text(0);
    };
  }

  private boolean isLeaf(int depth) {
    return depth >= MAX_DEPTH || random.nextInt(5) == 0;
  }

  private static Expected of(Object value, String form, Expected... parts) {
    Object[] texts = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      texts[i] = parts[i].text();
    }
    return new Expected("(" + form.formatted(texts) + ")", value);
  }

  private Expected whole(int depth) {
    if (isLeaf(depth)) {
      long value = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(100) - 50;
      return new Expected("(" + value + ")", value);
    }
    Expected a = whole(depth + 1);
    Expected b = whole(depth + 1);
    long x = (Long) a.value();
    long y = (Long) b.value();
    return switch (random.nextInt(8)) {
      case 0 -> of(x + y, "%s + %s", a, b);
      case 1 -> of(x - y, "%s - %s", a, b);
      case 2 -> of(x * y, "%s * %s", a, b);
      case 3 -> y == 0 ? a : of(x / y, "%s / %s", a, b);
      case 4 -> y == 0 ? b : of(x % y, "%s %% %s", a, b);
      case 5 -> of(-x, "-%s", a);
      case 6 -> {
        Expected text = text(depth + 1);
        yield of((long) ((String) text.value()).length(), "%s.length()", text);
      }
      default -> {
        Expected condition = bool(depth + 1);
        yield of((Boolean) condition.value() ? x : y, "%s ? %s : %s", condition, a, b);
      }
    };
  }

  private Expected decimal(int depth) {
    if (isLeaf(depth)) {
      double value = random.nextInt(4000) / 16.0 - 125;
      return new Expected("(" + value + ")", value);
    }
    Expected a = decimal(depth + 1);
    Expected b = random.nextBoolean() ? decimal(depth + 1) : whole(depth + 1);
    double x = (Double) a.value();
    double y = ((Number) b.value()).doubleValue();
    return switch (random.nextInt(5)) {
      case 0 -> of(x + y, "%s + %s", a, b);
      case 1 -> of(x - y, "%s - %s", a, b);
      case 2 -> of(y * x, "%s * %s", b, a);
      case 3 -> of(y / x, "%s / %s", b, a);
      default -> of(-x, "-%s", a);
    };
  }

  private Expected bool(int depth) {
    if (isLeaf(depth)) {
      boolean value = random.nextBoolean();
      return new Expected(Boolean.toString(value), value);
    }
    return switch (random.nextInt(4)) {
      case 0 -> {
        Expected a = bool(depth + 1);
        Expected b = bool(depth + 1);
        boolean x = (Boolean) a.value();
        boolean y = (Boolean) b.value();
        yield switch (random.nextInt(4)) {
          case 0 -> of(x && y, "%s && %s", a, b);
          case 1 -> of(x || y, "%s || %s", a, b);
          case 2 -> of(x == y, "%s == %s", a, b);
          default -> of(!x, "!%s", a);
        };
      }
      case 1 -> compared(whole(depth + 1), whole(depth + 1));
      case 2 -> compared(decimal(depth + 1), whole(depth + 1));
      default -> {
        Expected a = text(depth + 1);
        Expected b = text(depth + 1);
        String x = (String) a.value();
        String y = (String) b.value();
        yield switch (random.nextInt(4)) {
          case 0 -> of(x.equals(y), "%s == %s", a, b);
          case 1 -> of(!x.equals(y), "%s != %s", a, b);
          case 2 -> of(x.contains(y), "%s.contains(%s)", a, b);
          default -> of(x.startsWith(y), "%s.startsWith(%s)", a, b);
        };
      }
    };
  }

  private Expected compared(Expected a, Expected b) {
    int order;
    boolean same;
    if (a.value() instanceof Long x && b.value() instanceof Long y) {
      order = Long.compare(x, y);
      same = order == 0;
    } else {
      double x = ((Number) a.value()).doubleValue();
      double y = ((Number) b.value()).doubleValue();
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return of(false, random.nextBoolean() ? "%s < %s" : "%s == %s", a, b);
      }
      same = x == y;
      order = same ? 0 : Double.compare(x, y);
    }
    return switch (random.nextInt(6)) {
      case 0 -> of(order < 0, "%s < %s", a, b);
      case 1 -> of(order <= 0, "%s <= %s", a, b);
      case 2 -> of(order > 0, "%s > %s", a, b);
      case 3 -> of(order >= 0, "%s >= %s", a, b);
      case 4 -> of(same, "%s == %s", a, b);
      default -> of(!same, "%s != %s", a, b);
    };
  }

  private Expected text(int depth) {
    if (isLeaf(depth)) {
      String value = TEXTS.get(random.nextInt(TEXTS.size()));
      return new Expected("'" + value + "'", value);
    }
    Expected a = text(depth + 1);
    String x = (String) a.value();
    return switch (random.nextInt(4)) {
      case 0 -> {
        Expected b = text(depth + 1);
        yield of(x + b.value(), "%s + %s", a, b);
      }
      case 1 -> {
        Expected b = random.nextBoolean() ? whole(depth + 1) : decimal(depth + 1);
        yield random.nextBoolean()
            ? of(x + b.value(), "%s + %s", a, b)
            : of(b.value() + x, "%s + %s", b, a);
      }
      case 2 -> {
        Expected b = bool(depth + 1);
        yield of(x + b.value(), "%s + %s", a, b);
      }
      default -> of(x.toUpperCase(java.util.Locale.ROOT), "%s.toUpperCase()", a);
    };
  }
}
