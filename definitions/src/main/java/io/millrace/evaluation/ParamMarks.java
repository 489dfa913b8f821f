package io.millrace.evaluation;

import io.millrace.label.Notes;
import io.millrace.param.ParamDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The notes that the engine makes on a param and decides by: whose it is, and whether it is built
 * in. They outlive what else was written on it, which is kept in the text of the definition only.
 */
public final class ParamMarks {
  private static final List<String> NAMES = List.of(ParamMerge.SOURCE, BuiltInParam.INTERNAL_MODE);

  private ParamMarks() {}

  /** The marks of a param, by name. */
  public static Map<String, String> of(ParamDefinition param) {
    Map<String, String> marks = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (param.meta().fields().get(name) instanceof String mark) {
        marks.put(name, mark);
      }
    }
    return marks;
  }

  /** Notes with nothing but these marks. */
  public static Notes notes(Map<String, String> marks) {
    return marks.isEmpty() ? Notes.NONE : new Notes(new LinkedHashMap<>(marks));
  }

  /** Whether a param is built in and as the engine made it, so that it can be made again. */
  public static boolean isUntouched(ParamDefinition param) {
    Object source = param.meta().fields().get(ParamMerge.SOURCE);
    return BuiltInParam.is(param) && ParamSource.SYSTEM_DEFAULT.name().equals(source);
  }
}
