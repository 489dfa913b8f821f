package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each schema has the fields of its record, no more and no fewer, down to the last enum: a new
 * component needs a place in the schema before it can be merged.
 */
final class SchemaShapesTest {
  private static final PropertyNamingStrategies.NamingBase NAMING =
      (PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE;

  @ParameterizedTest
  @MethodSource("names")
  void shouldHaveTheShapeOfTheRecord(String name) {
    new Walk(name).checkRecord(Schemas.RECORDS.get(name), Schemas.source(name), null, "$");
  }

  @Test
  void shouldKnowTheTypesAndModesOfParams() {
    JsonNode parts = Schemas.source("params").path("$defs");

    assertThat(texts(parts.path("type").path("enum"))).isEqualTo(constants(ParamType.class));
    assertThat(choices(parts.path("mode"))).isEqualTo(constants(ParamMode.class));
  }

  static Stream<String> names() {
    return Schemas.RECORDS.keySet().stream();
  }

  /** Compares one schema with Java's types, along the types. */
  private static final class Walk {
    private final JsonNode root;

    private Walk(String name) {
      root = Schemas.source(name);
    }

    /**
     * One object.
     *
     * @param kind what its {@code type} says, if it is one of several kinds
     */
    void checkRecord(Class<?> record, JsonNode schema, @Nullable String kind, String path) {
      Set<String> names = new LinkedHashSet<>();
      Set<String> required = new LinkedHashSet<>();
      if (kind != null) {
        names.add("type");
        required.add("type");
        assertThat(schema.at("/properties/type/const").asText()).as(path).isEqualTo(kind);
      }
      for (RecordComponent component : record.getRecordComponents()) {
        String name = NAMING.translate(component.getName());
        names.add(name);
        if (isRequired(component)) {
          required.add(name);
        }
      }
      assertThat(schema.path("type").asText()).as(path).isEqualTo("object");
      assertThat(schema.path("title").asText()).as(path).isNotBlank();
      assertThat(schema.path("description").asText()).as(path).isNotBlank();
      assertThat(schema.path("additionalProperties").isBoolean()).as(path).isTrue();
      assertThat(schema.path("additionalProperties").booleanValue()).as(path).isFalse();
      assertThat(fieldNames(schema.path("properties"))).as(path).isEqualTo(List.copyOf(names));
      assertThat(texts(schema.path("required"))).as(path).isEqualTo(List.copyOf(required));
      for (RecordComponent component : record.getRecordComponents()) {
        String name = NAMING.translate(component.getName());
        JsonNode property = resolve(schema.path("properties").path(name));
        assertThat(property.path("description").asText()).as(path + "." + name).isNotBlank();
        checkType(component.getGenericType(), property, !isRequired(component), path + "." + name);
      }
    }

    private void checkType(Type type, JsonNode schema, boolean nullable, String path) {
      if (type instanceof ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
        checkJsonType(raw == List.class ? "array" : "object", schema, nullable, path);
        if (raw == List.class) {
          checkType(last, resolve(schema.path("items")), false, path + "[]");
        } else if (generic.getActualTypeArguments()[0] instanceof Class<?> key && key.isEnum()) {
          checkType(key, resolve(schema.path("propertyNames")), false, path + " keys");
          checkType(last, schema.path("additionalProperties"), false, path + " values");
        } else {
          assertThat(schema.at("/additionalProperties/$ref").asText())
              .as(path)
              .startsWith("params.schema.json#/$defs/");
          assertThat(last).as(path).isIn(ParamValue.class, ParamDefinition.class);
        }
        return;
      }
      Class<?> plain = (Class<?>) type;
      if (plain.isEnum()) {
        List<String> expected = new ArrayList<>(constants(plain));
        if (nullable) {
          expected.add("null");
        }
        assertThat(choices(schema)).as(path).isEqualTo(expected);
      } else if (plain.isRecord()) {
        checkRecord(plain, schema, null, path);
      } else if (plain.isSealed()) {
        checkKinds(plain, schema, path);
      } else if (schema.has("const")) {
        assertThat(path).isEqualTo("$.protocol");
        assertThat(schema.path("const").intValue()).isEqualTo(Task.PROTOCOL);
      } else {
        checkJsonType(jsonType(plain), schema, nullable, path);
      }
    }

    private void checkKinds(Class<?> kinds, JsonNode schema, String path) {
      Class<?>[] records = kinds.getPermittedSubclasses();
      assertThat(schema.path("oneOf")).as(path).hasSize(records.length);
      for (int i = 0; i < records.length; i++) {
        String kind = records[i].getAnnotation(JsonTypeName.class).value();
        checkRecord(records[i], resolve(schema.path("oneOf").get(i)), kind, path + "#" + kind);
      }
    }

    private JsonNode resolve(JsonNode schema) {
      String ref = schema.path("$ref").asText();
      return ref.startsWith("#") ? root.at(ref.substring(1)) : schema;
    }
  }

  /** As {@link RecordRules} has it. */
  private static boolean isRequired(RecordComponent component) {
    Class<?> type = component.getType();
    return !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        && type != boolean.class
        && !Collection.class.isAssignableFrom(type)
        && !Map.class.isAssignableFrom(type);
  }

  private static void checkJsonType(String type, JsonNode schema, boolean nullable, String path) {
    JsonNode declared = schema.path("type");
    assertThat(declared.isTextual() ? List.of(declared.asText()) : texts(declared))
        .as(path)
        .isEqualTo(nullable ? List.of(type, "null") : List.of(type));
  }

  private static String jsonType(Class<?> type) {
    if (type == String.class) {
      return "string";
    } else if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    return type == double.class || type == Double.class ? "number" : "integer";
  }

  /** What an enum may be; one that is read also has a pattern that takes it in either case. */
  private static List<String> choices(JsonNode schema) {
    if (schema.has("enum")) {
      return texts(schema.path("enum"));
    }
    List<String> choices = texts(schema.at("/anyOf/0/enum"));
    String inAnyCase = schema.at("/anyOf/1/pattern").asText();
    assertThat(choices)
        .filteredOn(choice -> !choice.equals("null"))
        .allSatisfy(choice -> assertThat(choice.toLowerCase(Locale.ROOT)).matches(inAnyCase));
    return choices;
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static List<String> fieldNames(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
