package io.millrace.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes a tree of {@link SourceNode}s out of YAML text; the only class that knows a YAML parser.
 *
 * <p>It reads events, so nothing is ever constructed from the text. Tags, merge keys, keys that are
 * no scalars, a key written twice and a second document are refused. An alias stands at its own
 * place; what is inside it keeps the places of the anchor.
 */
final class YamlParser {
  private static final String QUOTE_TAG_KEYS = "no tags, and a key that begins with ! in quotes";

  private final DefinitionLimits limits;
  private final YamlLimits yaml;
  private final Problems problems;
  private final UnicodeCheck unicode;

  YamlParser(DefinitionLimits limits, YamlLimits yaml, Problems problems) {
    this.limits = limits;
    this.yaml = yaml;
    this.problems = problems;
    this.unicode = new UnicodeCheck(problems);
  }

  /** The tree; empty if there is none, with the problem told. */
  Optional<SourceNode> parse(String text) {
    YamlPlaces places = new YamlPlaces(text);
    LoadSettings settings =
        LoadSettings.builder()
            .setUseMarks(true)
            .setParseComments(false)
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    try {
      return new Document(new Parse(settings).parseString(text).iterator(), places).read();
    } catch (Refused told) {
      return Optional.empty();
    } catch (ReaderException e) {
      problems.error(
          ProblemCode.SYNTAX,
          places.at(e.getPosition()),
          "characters that can be printed",
          "one is U+" + String.format("%04X", e.getCodePoint()));
      return Optional.empty();
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(mark -> place(places, mark)).orElse(places.at(0));
      boolean tag = e.getContext() != null && e.getContext().contains("scanning a tag");
      problems.error(
          ProblemCode.SYNTAX,
          place,
          tag ? QUOTE_TAG_KEYS : "YAML",
          "the parser says: " + Quoted.plain(String.valueOf(e.getProblem())));
      return Optional.empty();
    } catch (YamlEngineException e) {
      problems.error(
          ProblemCode.SYNTAX,
          places.at(0),
          "YAML",
          "the parser says: " + Quoted.plain(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static Place place(YamlPlaces places, Mark mark) {
    return Place.root(mark.getLine() + 1, places.column(mark.getLine(), mark.getColumn()));
  }

  /** Ends the parse after a problem that leaves nothing to go on with. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused() {
      super("Expected a text without this problem, but it was told.", null, false, false);
    }
  }

  /**
   * A value with what it counts for once aliases are replaced.
   *
   * @param nodes keys and values
   * @param chars of keys and values
   * @param levels of objects and arrays in it
   */
  private record Built(SourceNode node, long nodes, long chars, int levels) {}

  /** One text while it is read. Recursion is safe because the depth is checked first. */
  private final class Document {
    private final Iterator<Event> events;
    private final YamlPlaces places;

    /** By name; empty while the anchor's own node is being read. */
    private final Map<String, Optional<Built>> anchors = new HashMap<>();

    private int aliases;

    Document(Iterator<Event> events, YamlPlaces places) {
      this.events = events;
      this.places = places;
    }

    Optional<SourceNode> read() {
      Event event = events.next();
      while (event.getEventId() == Event.ID.StreamStart) {
        event = events.next();
      }
      if (event.getEventId() == Event.ID.StreamEnd) {
        problems.error(
            ProblemCode.SYNTAX, Place.root(1, 1), "a definition", "the text holds nothing");
        return Optional.empty();
      }
      Event first = events.next();
      Built root = node(first, Place.root(line(first), column(first)), 0);
      events.next();
      Event more = events.next();
      if (more.getEventId() != Event.ID.StreamEnd) {
        throw refuse(
            ProblemCode.SYNTAX,
            Place.root(line(more), column(more)),
            "one document",
            "more follows");
      }
      return Optional.of(root.node());
    }

    private Built node(Event event, Place place, int depth) {
      if (event instanceof AliasEvent alias) {
        return alias(alias.getAlias().getValue(), place, depth);
      }
      @Nullable String anchor =
          ((NodeEvent) event).getAnchor().map(name -> name.getValue()).orElse(null);
      if (anchor != null) {
        anchors.put(anchor, Optional.empty());
      }
      Built built;
      if (event instanceof ScalarEvent scalar) {
        built = scalar(scalar, place);
      } else {
        checkDepth(depth + 1, place);
        refuseTag(((CollectionStartEvent) event).getTag(), place);
        built =
            event instanceof MappingStartEvent ? object(place, depth + 1) : array(place, depth + 1);
      }
      checkExpanded(built.nodes(), built.chars(), place);
      if (anchor != null) {
        anchors.put(anchor, Optional.of(built));
      }
      return built;
    }

    private Built alias(String name, Place place, int depth) {
      aliases++;
      if (aliases > yaml.maxAliases()) {
        throw refuse(
            ProblemCode.LIMIT, place, "at most " + yaml.maxAliases() + " aliases", "more follow");
      }
      Optional<Built> target = anchors.get(name);
      if (target == null) {
        throw refuse(
            ProblemCode.SYNTAX,
            place,
            "an alias to have an anchor before it",
            "there is no anchor " + Quoted.text(name));
      }
      if (target.isEmpty()) {
        throw refuse(
            ProblemCode.SYNTAX,
            place,
            "an alias to stand outside its anchor",
            "it is part of " + Quoted.text(name) + " itself");
      }
      checkDepth(depth + target.get().levels(), place);
      Built built = target.get();
      return new Built(moved(built.node(), place), built.nodes(), built.chars(), built.levels());
    }

    private Built scalar(ScalarEvent event, Place place) {
      refuseTag(event.getTag(), place);
      String text = event.getValue();
      unicode.check(text, place);
      SourceNode.Scalar node =
          event.isPlain()
              ? YamlScalar.of(place, text).orElseGet(() -> ambiguous(place, text))
              : new SourceNode.Scalar(place, SourceNode.Kind.TEXT, text);
      boolean number =
          node.kind() == SourceNode.Kind.INTEGER || node.kind() == SourceNode.Kind.DECIMAL;
      if (number && text.length() > limits.maxNumberChars()) {
        problems.error(
            ProblemCode.LIMIT,
            place,
            "at most " + limits.maxNumberChars() + " characters in a number",
            "it has " + text.length());
      }
      return new Built(node, 1, text.length(), 0);
    }

    private SourceNode.Scalar ambiguous(Place place, String text) {
      problems.error(
          ProblemCode.BAD_VALUE,
          place,
          place.label() + " to be a decimal number or text in quotes",
          "it is " + Quoted.plain(text) + ", which not every YAML version reads alike");
      return new SourceNode.Scalar(place, SourceNode.Kind.TEXT, text);
    }

    private Built object(Place place, int depth) {
      Map<String, SourceNode.Member> members = new LinkedHashMap<>();
      long nodes = 1;
      long chars = 0;
      int levels = 0;
      for (Event event = events.next();
          event.getEventId() != Event.ID.MappingEnd;
          event = events.next()) {
        String name = key(event, place);
        Place namePlace = place.field(name, line(event), column(event));
        unicode.check(name, namePlace);
        Event next = events.next();
        Built value = node(next, place.field(name, line(next), column(next)), depth);
        nodes += 1 + value.nodes();
        chars += name.length() + value.chars();
        levels = Math.max(levels, value.levels());
        checkExpanded(nodes, chars, namePlace);
        SourceNode.Member earlier =
            members.putIfAbsent(name, new SourceNode.Member(namePlace, value.node()));
        if (earlier != null) {
          problems.error(
              ProblemCode.DUPLICATE,
              namePlace,
              namePlace.label() + " to be written once",
              "it is there in line " + earlier.name().line() + " already");
        }
      }
      SourceNode node = new SourceNode.Obj(place, members, SourceSize.ofMembers(members));
      return new Built(node, nodes, chars, levels + 1);
    }

    private String key(Event event, Place object) {
      if (!(event instanceof ScalarEvent scalar)) {
        throw refuse(
            ProblemCode.WRONG_TYPE,
            object.field("?", line(event), column(event)),
            "every key to be text",
            "this one is an alias, an object or an array");
      }
      Place place = object.field(scalar.getValue(), line(event), column(event));
      refuseTag(scalar.getTag(), place);
      scalar.getAnchor().ifPresent(anchor -> refuseAnchor(place));
      if (scalar.isPlain() && scalar.getValue().equals("<<")) {
        problems.error(
            ProblemCode.UNKNOWN_FIELD, place, "no merge keys", "here is " + place.label());
      }
      return scalar.getValue();
    }

    private void refuseAnchor(Place place) {
      problems.error(ProblemCode.SYNTAX, place, "anchors on values only", "a key has one");
    }

    private Built array(Place place, int depth) {
      List<SourceNode> items = new ArrayList<>();
      long nodes = 1;
      long chars = 0;
      int levels = 0;
      for (Event event = events.next();
          event.getEventId() != Event.ID.SequenceEnd;
          event = events.next()) {
        Place at = place.item(items.size(), line(event), column(event));
        Built item = node(event, at, depth);
        items.add(item.node());
        nodes += item.nodes();
        chars += item.chars();
        levels = Math.max(levels, item.levels());
        checkExpanded(nodes, chars, at);
      }
      return new Built(new SourceNode.Arr(place, items), nodes, chars, levels + 1);
    }

    private void refuseTag(Optional<String> tag, Place place) {
      tag.ifPresent(
          name ->
              problems.error(
                  ProblemCode.SYNTAX, place, QUOTE_TAG_KEYS, "there is " + Quoted.text(name)));
    }

    private void checkDepth(int depth, Place place) {
      if (depth > limits.maxNesting()) {
        throw refuse(
            ProblemCode.LIMIT,
            place,
            "at most " + limits.maxNesting() + " levels of nesting",
            "there are more");
      }
    }

    private void checkExpanded(long nodes, long chars, Place place) {
      if (nodes > yaml.maxNodes()) {
        throw refuse(
            ProblemCode.LIMIT,
            place,
            "at most " + yaml.maxNodes() + " values with every alias replaced",
            "there are more");
      }
      if (chars > yaml.maxExpandedChars()) {
        throw refuse(
            ProblemCode.LIMIT,
            place,
            "at most " + yaml.maxExpandedChars() + " characters with every alias replaced",
            "there are more");
      }
    }

    private int line(Event event) {
      return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private int column(Event event) {
      return event
          .getStartMark()
          .map(mark -> places.column(mark.getLine(), mark.getColumn()))
          .orElse(1);
    }
  }

  private Refused refuse(ProblemCode code, Place place, String expected, String finding) {
    problems.error(code, place, expected, finding);
    return new Refused();
  }

  private static SourceNode moved(SourceNode node, Place place) {
    return node.accept(
        new SourceNode.Cases<>() {
          @Override
          public SourceNode object(SourceNode.Obj object) {
            return new SourceNode.Obj(place, object.members(), object.chars());
          }

          @Override
          public SourceNode array(SourceNode.Arr array) {
            return new SourceNode.Arr(place, array.items());
          }

          @Override
          public SourceNode scalar(SourceNode.Scalar scalar) {
            return new SourceNode.Scalar(place, scalar.kind(), scalar.text());
          }
        });
  }
}
