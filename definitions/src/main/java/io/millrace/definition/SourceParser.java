package io.millrace.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a tree of {@link SourceNode}s out of JSON text; the only class that knows Jackson here.
 *
 * <p>Recursion is safe because Jackson refuses a text that is nested deeper than the limit.
 */
final class SourceParser {
  private final DefinitionLimits limits;
  private final Problems problems;
  private final UnicodeCheck unicode;
  private final JsonFactory factory;

  SourceParser(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
    this.unicode = new UnicodeCheck(problems);
    this.factory =
        JsonFactory.builder()
            // Names come from users: none of them may stay behind in a shared table.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxDocumentLength(limits.maxTextBytes())
                    .maxNestingDepth(limits.maxNesting())
                    .maxNumberLength(limits.maxNumberChars())
                    .maxStringLength(limits.maxTextBytes())
                    .maxNameLength(limits.maxTextBytes())
                    .build())
            .build();
  }

  /** The tree; empty if there is none, with the problem told. */
  Optional<SourceNode> parse(String text) {
    try (JsonParser parser = factory.createParser(text)) {
      return parse(parser);
    } catch (IOException e) {
      problems.error(
          ProblemCode.SYNTAX, Place.root(1, 1), "the text to be readable", "reading it failed");
      return Optional.empty();
    }
  }

  private Optional<SourceNode> parse(JsonParser parser) throws IOException {
    try {
      JsonToken first = parser.nextToken();
      if (first == null) {
        problems.error(
            ProblemCode.SYNTAX, Place.root(1, 1), "a JSON object", "the text holds nothing");
        return Optional.empty();
      }
      JsonLocation start = parser.currentTokenLocation();
      SourceNode root = node(parser, Place.root(start.getLineNr(), start.getColumnNr()));
      if (parser.nextToken() != null) {
        JsonLocation more = parser.currentTokenLocation();
        problems.error(
            ProblemCode.SYNTAX,
            Place.root(more.getLineNr(), more.getColumnNr()),
            "the text to end after one JSON object",
            "more follows");
      }
      return Optional.of(root);
    } catch (StreamConstraintsException e) {
      problems.error(
          ProblemCode.LIMIT,
          at(parser.currentLocation()),
          "at most "
              + limits.maxNesting()
              + " levels of nesting and "
              + limits.maxNumberChars()
              + " characters in a number",
          reason(e));
      return Optional.empty();
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      problems.error(
          ProblemCode.SYNTAX,
          at(where == null ? parser.currentLocation() : where),
          "JSON",
          reason(e));
      return Optional.empty();
    }
  }

  private SourceNode node(JsonParser parser, Place place) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object(parser, place);
    }
    if (token == JsonToken.START_ARRAY) {
      return array(parser, place);
    }
    SourceNode.Kind kind =
        switch (token) {
          case VALUE_STRING -> SourceNode.Kind.TEXT;
          case VALUE_NUMBER_INT -> SourceNode.Kind.INTEGER;
          case VALUE_NUMBER_FLOAT -> SourceNode.Kind.DECIMAL;
          case VALUE_TRUE, VALUE_FALSE -> SourceNode.Kind.BOOLEAN;
          default -> SourceNode.Kind.NULL;
        };
    String text = parser.getText();
    if (kind == SourceNode.Kind.TEXT) {
      unicode.check(text, place);
    }
    return new SourceNode.Scalar(place, kind, text);
  }

  private SourceNode object(JsonParser parser, Place place) throws IOException {
    long start = parser.currentTokenLocation().getCharOffset();
    Map<String, SourceNode.Member> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonLocation at = parser.currentTokenLocation();
      Place namePlace = place.field(name, at.getLineNr(), at.getColumnNr());
      unicode.check(name, namePlace);
      parser.nextToken();
      JsonLocation valueAt = parser.currentTokenLocation();
      SourceNode value =
          node(parser, place.field(name, valueAt.getLineNr(), valueAt.getColumnNr()));
      SourceNode.Member earlier =
          members.putIfAbsent(name, new SourceNode.Member(namePlace, value));
      if (earlier != null) {
        problems.error(
            ProblemCode.DUPLICATE,
            namePlace,
            namePlace.label() + " to be written once",
            "it is there in line " + earlier.name().line() + " already");
      }
    }
    long chars = parser.currentTokenLocation().getCharOffset() - start + 1;
    return new SourceNode.Obj(place, members, chars);
  }

  private SourceNode array(JsonParser parser, Place place) throws IOException {
    List<SourceNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonLocation at = parser.currentTokenLocation();
      items.add(node(parser, place.item(items.size(), at.getLineNr(), at.getColumnNr())));
    }
    return new SourceNode.Arr(place, items);
  }

  private static Place at(JsonLocation location) {
    return Place.root(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  private static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return "the parser says: " + Quoted.plain(message == null ? "nothing" : message);
  }
}
