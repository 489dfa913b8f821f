package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library of Maestro semantics 5.3, with the deviations. */
final class StandardLibraryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "foo.length()|LONG 3",
        "foo.toUpperCase()|STRING BAR",
        "foo.substring(1)|STRING ar",
        "foo.substring(1, 2)|STRING a",
        "foo.contains('a')|BOOLEAN true",
        "foo.startsWith('b')|BOOLEAN true",
        "foo.endsWith('b')|BOOLEAN false",
        "foo.replace('b', 'c')|STRING car",
        "' a '.trim()|STRING a",
        "''.isEmpty()|BOOLEAN true",
        "'a,b,c'.split(',').length|LONG 3",
        "String.join('-', names)|STRING a-b",
        "String.format('%s has %03d', foo, n)|STRING bar has 010",
        "Math.max(1, 2)|LONG 2",
        "Math.min(1.5, 2)|DOUBLE 1.5",
        "Math.pow(2, 10)|DOUBLE 1024.0",
        "Long.parseLong('12') + 1|LONG 13",
        "mp.containsKey('k')|BOOLEAN true",
        "mp.get('k')|STRING v",
        "mp.size()|LONG 1",
        "Util.dateIntsBetween(20260130, 20260202, 1).length|LONG 3",
        "Util.dateIntsBetween(20260130, 20260202, 1)[2]|LONG 20260201",
        "Util.dateIntsBetween(20200105, 20200101, -2)[0]|LONG 20200103",
        "Util.intsBetween(1, 4, 1)[2]|LONG 3",
        "Util.intsBetween(1, 4, 0).length|LONG 0",
      })
  void shouldCompute(String text, String expected) {
    // when, then
    Evaluated.of(text).gives(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "foo.substring(9)|INDEX",
        "foo.contains(1)|TYPE",
        "Long.parseLong('x')|VALUE",
        "Long.parseLong(1)|TYPE",
        "String.format('%5000d', n)|VALUE",
        "String.format('%d', foo)|VALUE",
        "'a'.replaceAll('(', 'b')|VALUE",
        "Util.dateIntsBetween(20261301, 20261401, 1)|VALUE",
      })
  void shouldFail(String text, FailureCode code) {
    // when, then
    Evaluated.of(text).failsWith(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Long.parseLong('x')|Expected a whole number of 64 bits of Long.parseLong, but it is 'x'.",
        "Util.tsToDateInt('')|Expected a whole number of 64 bits of Util.tsToDateInt, but it is"
            + " ''.",
        "Double.parseDouble('x')|Expected a number of Double.parseDouble, but it is 'x'.",
        "Util.dateIntToTs(20261301)|"
            + "Expected monthOfYear of Util.dateIntToTs to be from 1 to 12, but it is 13.",
        "DateTimeZone.forID('Mars')|"
            + "Expected values that DateTimeZone.forID can work with, but it was given 'Mars'.",
        "new DateTime('x', DateTimeZone.UTC)|Expected values that new DateTime can work with, but"
            + " it was given 'x', a DATETIME_ZONE.",
        "new DateTime('2026-03-29T02:30', DateTimeZone.forID('Europe/Berlin'))|"
            + "Expected new DateTime to be given a time that its zone has, but its clocks skip it.",
        "new DateTime(9223372036854775807).plusDays(1)|"
            + "Expected a result of DateTime.plusDays within its range, but it is outside.",
        "String.format('%d', foo)|Expected a format specifier that fits its value of String.format,"
            + " but it is %d.",
        "Math.round(1e300)|Expected a number within 64 bits of Math.round, but it is 1.0E300.",
      })
  void shouldSayInItsOwnWordsWhatItCannotUse(String text, String message) {
    // when
    Failure failure = Evaluated.of(text).failure();

    // then
    assertThat(failure.code()).isEqualTo(FailureCode.VALUE);
    assertThat(failure.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Math.round(9.2e18)|LONG 9200000000000000000",
        "Math.round(-9223372036854775808.0)|LONG -9223372036854775808",
        "Math.round(9223372036854775808.0)|failed VALUE",
        "Math.round(0.0 / 0)|failed VALUE",
        "(1e10).intValue()|LONG 2147483647",
        "(1e300).longValue()|LONG 9223372036854775807",
      })
  void shouldNarrowOnlyWhereItIsAskedTo(String text, String expected) {
    // when, then
    Evaluated.of(text).gives(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Util.intsBetween(0, -9223372036854775808, -1)|failed SIZE_LIMIT",
        "Util.intsBetween(-9223372036854775808, 9223372036854775807, 1)|failed SIZE_LIMIT",
        "Util.intsBetween(9223372036854775807, -9223372036854775808, -1)|failed SIZE_LIMIT",
        "Util.intsBetween(0, 25000, 1).length|LONG 25000",
        "Util.intsBetween(0, 25001, 1)|failed SIZE_LIMIT",
        "Util.intsBetween(0, -9223372036854775808, -9223372036854775808)|LONG_ARRAY [0]",
        "Util.intsBetween(-9223372036854775808, 9223372036854775807, 9223372036854775807)|"
            + "LONG_ARRAY [-9223372036854775808, -1, 9223372036854775806]",
      })
  void shouldCountStepsOverTheWholeRange(String text, String expected) {
    // when, then
    Evaluated.of(text).gives(expected);
  }

  /** What would reach the machine below, had the language a way to it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo.getClass()",
        "foo.getClass().forName('java.lang.Runtime')",
        "foo.class",
        "String.class",
        "Class.forName('java.lang.Runtime')",
        "java.lang.Runtime.getRuntime().exec('ls')",
        "Runtime.getRuntime()",
        "new Runtime()",
        "System.exit(0)",
        "System.getenv('HOME')",
        "System.getProperty('user.home')",
        "new ProcessBuilder('ls').start()",
        "new java.io.File('/etc/passwd')",
        "Thread.sleep(1000)",
        "new Thread()",
        "arr.getClass()",
        "mp.getClass().getClassLoader()",
        "params.getClass()",
        "Math.class.getClassLoader()",
        "foo.wait()",
        "foo.notify()",
        "foo.hashCode()",
        "import java.io.File; new File('x')",
        "@Deprecated int a = 1; return a;",
        "() -> 1",
        "String::valueOf",
        "foo instanceof Object",
        "(Object) foo",
        "synchronized (foo) { return 1; }",
        "try { return 1; } catch (Exception e) { return 2; }",
        "class A {} return 1;",
        "${jndi:ldap://x}",
        "#{T(java.lang.Runtime).getRuntime()}",
        "foo['class']",
        "mp.__proto__",
        "this",
        "super.toString()",
      })
  void shouldOfferNoWayOut(String text) {
    // when, then
    Evaluated.of(text).failure();
  }
}
