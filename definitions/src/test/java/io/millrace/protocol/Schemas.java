package io.millrace.protocol;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The published schemas as a validator that is not ours understands them. */
final class Schemas {
  static final Path FOLDER = Path.of("schemas");
  static final String SUFFIX = ".schema.json";

  /** The schemas of whole records, by name; the others are params and push. */
  static final Map<String, Class<?>> RECORDS =
      new TreeMap<>(
          Map.of(
              "start-request", StartRequest.class,
              "action-request", ActionRequest.class,
              "report", Report.class,
              "task", Task.class,
              "cancel", Cancel.class,
              "reply", Reply.class,
              "timeline-event", TimelineEvent.class,
              "dead-letter", DeadLetter.class));

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final Map<String, JsonSchema> LOADED = new ConcurrentHashMap<>();

  private Schemas() {}

  /** What the schema says against a document; empty if nothing. */
  static List<String> problems(String name, JsonNode json) {
    return LOADED.computeIfAbsent(name, Schemas::load).validate(json).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  static boolean accepts(String name, JsonNode json) {
    return problems(name, json).isEmpty();
  }

  static JsonNode source(String name) {
    return tree(bytes(file(name)));
  }

  static JsonNode example(String name) {
    return tree(bytes(exampleFile(name)));
  }

  static Path file(String name) {
    return FOLDER.resolve(name + SUFFIX);
  }

  static Path exampleFile(String name) {
    return FOLDER.resolve("examples").resolve(name + ".json");
  }

  static JsonNode tree(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonSchema load(String name) {
    JsonSchema schema = FACTORY.getSchema(file(name).toUri());
    schema.initializeValidators();
    return schema;
  }
}
