package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.expression.ExpressionCache.Limits;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExpressionCacheTest {
  private static final Limits ROOMY = new Limits(100, 1_000);

  @Test
  void shouldCompileATextOnce() {
    ExpressionCache cache = cache(ROOMY);

    Expression first = cache.get("1 + 1");

    assertThat(cache.get("1 + 1")).isSameAs(first);
    assertThat(cache.get("1 + 2")).isNotSameAs(first);
    assertThat(first.text()).isEqualTo("1 + 1");
  }

  @Test
  void shouldKeepATextThatIsNoExpression() {
    ExpressionCache cache = cache(ROOMY);

    Expression broken = cache.get("1 +");

    assertThat(broken.analysis().failures()).hasSize(1);
    assertThat(cache.get("1 +")).isSameAs(broken);
  }

  @Test
  void shouldKeepAsManyExpressionsAsTheLimit() {
    ExpressionCache cache = cache(new Limits(3, 1_000));
    Expression one = cache.get("1");
    Expression two = cache.get("2");
    Expression three = cache.get("3");

    assertThat(cache.get("1")).isSameAs(one);
    assertThat(cache.get("2")).isSameAs(two);
    assertThat(cache.get("3")).isSameAs(three);
  }

  @Test
  void shouldDropWhatWasNotAskedForTheLongestBeyondTheLimitOfExpressions() {
    // given
    ExpressionCache cache = cache(new Limits(3, 1_000));
    Expression one = cache.get("1");
    Expression two = cache.get("2");
    Expression three = cache.get("3");
    assertThat(cache.get("1")).isSameAs(one);

    // when
    Expression four = cache.get("4");

    // then
    assertThat(cache.get("1")).isSameAs(one);
    assertThat(cache.get("3")).isSameAs(three);
    assertThat(cache.get("4")).isSameAs(four);
    assertThat(cache.get("2")).isNotSameAs(two);
  }

  @Test
  void shouldKeepAsManyCharactersAsTheLimit() {
    ExpressionCache cache = cache(new Limits(100, 10));
    Expression four = cache.get("1111");
    Expression six = cache.get("222222");

    assertThat(cache.get("1111")).isSameAs(four);
    assertThat(cache.get("222222")).isSameAs(six);
  }

  @Test
  void shouldDropAsManyAsItTakesBeyondTheLimitOfCharacters() {
    // given
    ExpressionCache cache = cache(new Limits(100, 10));
    Expression two = cache.get("11");
    Expression four = cache.get("2222");
    Expression three = cache.get("333");

    // when
    Expression six = cache.get("444444");

    // then
    assertThat(cache.get("333")).isSameAs(three);
    assertThat(cache.get("444444")).isSameAs(six);
    assertThat(cache.get("11")).isNotSameAs(two);
    assertThat(cache.get("2222")).isNotSameAs(four);
  }

  @Test
  void shouldKeepATextAsLongAsTheLimit() {
    ExpressionCache cache = cache(new Limits(100, 10));

    Expression ten = cache.get("1234567890");

    assertThat(cache.get("1234567890")).isSameAs(ten);
  }

  @Test
  void shouldDropNothingForATextTooLongToKeep() {
    ExpressionCache cache = cache(new Limits(100, 10));
    Expression one = cache.get("1");

    Expression eleven = cache.get("12345678901");

    assertThat(cache.get("12345678901")).isNotSameAs(eleven);
    assertThat(cache.get("1")).isSameAs(one);
  }

  @Test
  void shouldCompileWithTheLimitsOfExpressionsItWasGiven() {
    ExpressionLimits few = new ExpressionLimits(5, 100, 10, 10, 10, 10, 1_000, 10);
    ExpressionCache cache = new ExpressionCache(ROOMY, few);

    assertThat(cache.get("1+11").analysis().failures()).isEmpty();
    assertThat(cache.get("1+111").analysis().failures())
        .extracting(Failure::code)
        .containsExactly(FailureCode.SIZE_LIMIT);
  }

  @Test
  void shouldKeepTheDefaultNumberOfExpressions() {
    ExpressionCache cache = new ExpressionCache();
    int limit = Limits.DEFAULT.maxExpressions();
    Expression first = cache.get("x0");
    IntStream.range(1, limit).forEach(i -> cache.get("x" + i));
    assertThat(cache.get("x0")).isSameAs(first);

    IntStream.range(0, limit).forEach(i -> cache.get("y" + i));

    assertThat(cache.get("x0")).isNotSameAs(first);
  }

  private static ExpressionCache cache(Limits limits) {
    return new ExpressionCache(limits, ExpressionLimits.DEFAULT);
  }
}
