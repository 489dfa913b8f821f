package io.millrace.operators.state;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import io.millrace.definition.Properties;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** How records are written by name, in Smile. */
final class StoredMapper {
  static final ObjectMapper MAPPER = mapper();

  private StoredMapper() {}

  private static ObjectMapper mapper() {
    SmileMapper mapper =
        SmileMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // an old form is read as a tree, and 1.20 stays 1.20
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .addMixIn(ParamValue.class, StoredTypes.ParamValueNames.class)
            .addMixIn(ParamDefinition.class, StoredParam.Form.class)
            .addMixIn(Properties.class, StoredProperties.Form.class)
            .build();
    // what is absent is empty, so a collection can be added to a record that is on disk already
    for (Class<?> type : List.of(Collection.class, List.class, Map.class, SortedMap.class)) {
      mapper
          .configOverride(type)
          .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY))
          .setInclude(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
    }
    // most counters are 0 and most flags false; an absent one is read as just that
    for (Class<?> type : List.of(int.class, long.class, boolean.class)) {
      mapper
          .configOverride(type)
          .setInclude(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS));
    }
    return mapper;
  }
}
