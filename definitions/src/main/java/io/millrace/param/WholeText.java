package io.millrace.param;

import java.util.Map;

/**
 * Text of whole characters. Half a surrogate pair can be escaped in JSON, and cut off in an
 * expression, but UTF-8 cannot hold it: it would come back changed from every topic and state it
 * passes.
 */
public final class WholeText {
  private WholeText() {}

  /** Whether all surrogates are in pairs. */
  public static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all texts in a value are. */
  public static boolean is(ParamValue value) {
    if (value instanceof ParamValue.Text text) {
      return is(text.value());
    }
    if (value instanceof ParamValue.StringArray array) {
      return array.value().stream().allMatch(WholeText::is);
    }
    if (value instanceof ParamValue.StringMap map) {
      return areWhole(map.value()) && map.value().values().stream().allMatch(WholeText::is);
    }
    return !(value instanceof ParamValue.MapOfParams map)
        || (areWhole(map.value())
            && map.value().values().stream()
                .allMatch(param -> param.expression().isPresent() || is(param.literal())));
  }

  private static boolean areWhole(Map<String, ?> named) {
    return named.keySet().stream().allMatch(WholeText::is);
  }
}
