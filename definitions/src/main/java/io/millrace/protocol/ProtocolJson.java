package io.millrace.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The JSON of the records on the topics: one reader and one writer for the whole system.
 *
 * <p>Names are snake_case; absent and null are the same, and nulls are not written. The reader is
 * strict, so that a slip of the pen is told instead of taken for a default: a field that is
 * missing, unknown, doubled or of another JSON type is refused, as is anything after the record.
 * Lists, maps and booleans may be left out and are then empty or false. Enums may be written in
 * either case. The shapes are those of {@code definitions/schemas}.
 */
public final class ProtocolJson {
  /** Levels of objects and arrays in one record. */
  static final int MAX_NESTING = 100;

  private static final JsonMapper MAPPER = mapper();
  private static final ObjectWriter WRITER = MAPPER.writer();
  private static final ObjectReader READER = MAPPER.reader();

  private ProtocolJson() {}

  /** The UTF-8 bytes of a record of this package; half a surrogate pair is written as an escape. */
  public static byte[] write(Object record) {
    try {
      return WRITER.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Expected a record of the protocol, but it has no JSON.", e);
    }
  }

  /** Reads one record of {@code type}; never throws for what the bytes hold. */
  public static <T> Reading<T> read(byte[] value, Class<T> type) {
    try {
      T record = READER.forType(type).readValue(value);
      return record == null
          ? Reading.failed("Expected a JSON object, but the record holds null.")
          : Reading.of(record);
    } catch (IOException | RuntimeException e) {
      return Reading.failed(ReadingProblems.sentence(e));
    }
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        new JsonFactoryBuilder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return JsonMapper.builder(factory)
        .annotationIntrospector(new RecordRules())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .addModule(new ParamJson())
        .addModule(new TimelineJson())
        .addHandler(new Mismatches())
        .enable(
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }
}
