package io.millrace.cli;

import java.util.Map;

/** The results of tests as the XML that CI systems read. */
final class JUnitReport {
  private JUnitReport() {}

  /** The document; one test case a file. */
  static String of(Map<String, TestFile.Result> results) {
    long failures = count(results, TestFile.Verdict.FAILED);
    long errors = count(results, TestFile.Verdict.UNREADABLE);
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites>\n  <testsuite name=\"millrace\" tests=\"")
        .append(results.size())
        .append("\" failures=\"")
        .append(failures)
        .append("\" errors=\"")
        .append(errors)
        .append("\" skipped=\"0\">\n");
    results.forEach((file, result) -> testCase(xml, file, result));
    return xml.append("  </testsuite>\n</testsuites>\n").toString();
  }

  private static long count(Map<String, TestFile.Result> results, TestFile.Verdict verdict) {
    return results.values().stream().filter(result -> result.verdict() == verdict).count();
  }

  private static void testCase(StringBuilder xml, String file, TestFile.Result result) {
    String begin = "    <testcase classname=\"millrace\" name=\"" + escaped(file) + "\" time=\"0\"";
    String element =
        switch (result.verdict()) {
          case PASSED -> "";
          case FAILED -> "failure";
          case UNREADABLE -> "error";
        };
    if (element.isEmpty()) {
      xml.append(begin).append("/>\n");
      return;
    }
    String first = result.differences().isEmpty() ? "" : result.differences().get(0);
    xml.append(begin)
        .append(">\n      <")
        .append(element)
        .append(" message=\"")
        .append(escaped(first.lines().findFirst().orElse("")))
        .append("\">")
        .append(escaped(String.join("\n", result.differences())))
        .append("</")
        .append(element)
        .append(">\n    </testcase>\n");
  }

  /** Text for an element or an attribute; what XML 1.0 can't hold becomes a question mark. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(point) ? point : '?');
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int point) {
    return point == '\t'
        || point == '\n'
        || (point >= 0x20 && point <= 0xD7FF)
        || (point >= 0xE000 && point <= 0xFFFD)
        || point >= 0x10000;
  }
}
