package io.millrace.protocol;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which components of a record its JSON must hold: those that are not {@code @Nullable}, save
 * lists, maps and booleans, which are empty and false when absent. So the record alone says it.
 */
final class RecordRules extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  private enum Need {
    REQUIRED,
    EMPTY_WHEN_ABSENT,
    OPTIONAL
  }

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    return need(member) == Need.REQUIRED ? Boolean.TRUE : super.hasRequiredMarker(member);
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    return switch (need(annotated)) {
      case REQUIRED -> JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);
      case EMPTY_WHEN_ABSENT -> JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL);
      case OPTIONAL -> super.findSetterInfo(annotated);
    };
  }

  private static Need need(Annotated annotated) {
    if (!(annotated instanceof AnnotatedParameter parameter)
        || !parameter.getDeclaringClass().isRecord()) {
      return Need.OPTIONAL;
    }
    RecordComponent component =
        parameter.getDeclaringClass().getRecordComponents()[parameter.getIndex()];
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return Need.OPTIONAL;
    }
    Class<?> type = component.getType();
    return type == boolean.class
            || Collection.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type)
        ? Need.EMPTY_WHEN_ABSENT
        : Need.REQUIRED;
  }
}
