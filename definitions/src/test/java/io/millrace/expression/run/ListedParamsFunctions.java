package io.millrace.expression.run;

import java.util.Arrays;
import java.util.List;

/** The functions of the {@code params} object, by name. */
public final class ListedParamsFunctions {
  private ListedParamsFunctions() {}

  /** In the order of their declaration. */
  public static List<String> names() {
    return Arrays.stream(ParamsFunction.values()).map(ParamsFunction::text).toList();
  }
}
