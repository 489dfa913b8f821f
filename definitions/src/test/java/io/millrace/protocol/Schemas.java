package io.millrace.protocol;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The published schemas as a validator that is not ours understands them, and their examples:
 * {@code examples/NAME/basic.json} with the most common form, others beside it, and
 * counter-examples in {@code examples/NAME/invalid}.
 */
final class Schemas {
  static final Path FOLDER = Path.of("schemas");
  static final String SUFFIX = ".schema.json";
  static final String ID_PREFIX = "https://millrace.io/schemas/";
  static final String DEFINITION = "definition";
  static final String DEFINITION_YAML = "definition-yaml";
  static final String PARAMS = "params";

  /** The schemas of whole records of {@link ProtocolJson}, by name. */
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
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V202012,
          builder ->
              builder.schemaMappers(
                  // The ids are names; what they name is here.
                  mappers -> mappers.mapPrefix(ID_PREFIX, FOLDER.toUri().toString())));
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

  /** The names of all schemas. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Path file : files(FOLDER)) {
      String fileName = file.getFileName().toString();
      if (fileName.endsWith(SUFFIX)) {
        names.add(fileName.substring(0, fileName.length() - SUFFIX.length()));
      }
    }
    return names;
  }

  static JsonNode example(String name) {
    return tree(bytes(FOLDER.resolve("examples").resolve(name).resolve("basic.json")));
  }

  static List<Path> exampleFiles(String name) {
    return files(FOLDER.resolve("examples").resolve(name));
  }

  static List<Path> counterExampleFiles(String name) {
    return files(FOLDER.resolve("examples").resolve(name).resolve("invalid"));
  }

  static Path file(String name) {
    return FOLDER.resolve(name + SUFFIX);
  }

  /** What a JSON or YAML file holds. */
  static JsonNode tree(Path file) {
    if (file.getFileName().toString().endsWith(".json")) {
      return tree(bytes(file));
    }
    Object yaml =
        new Load(LoadSettings.builder().setLabel(file.toString()).build())
            .loadFromString(new String(bytes(file), StandardCharsets.UTF_8));
    return MAPPER.valueToTree(yaml);
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

  /** What the draft's own schema says against a schema. */
  static List<String> problemsOfSchema(JsonNode schema) {
    return FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012)).validate(schema).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonSchema load(String name) {
    JsonSchema schema = FACTORY.getSchema(URI.create(ID_PREFIX + name + SUFFIX));
    schema.initializeValidators();
    return schema;
  }
}
