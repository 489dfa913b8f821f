package io.millrace.definition;

import io.millrace.label.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads tags: text, or an open object with a name (Maestro semantics 1.3). */
final class TagReader {
  private final DefinitionLimits limits;
  private final Problems problems;

  TagReader(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  /** The tags of the field {@code tags}, each name once. */
  List<Tag> read(Fields fields) {
    Optional<SourceNode.Arr> array = fields.array("tags");
    if (array.isEmpty()) {
      return List.of();
    }
    List<Tag> tags = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (SourceNode item : array.get().items()) {
      Optional<Tag> tag = tag(item);
      if (tag.isPresent() && !names.add(tag.get().name())) {
        problems.error(
            ProblemCode.DUPLICATE,
            item.place(),
            "every tag to be there once",
            Quoted.text(tag.get().name()) + " is repeated");
      }
      tag.ifPresent(tags::add);
    }
    return tags;
  }

  private Optional<Tag> tag(SourceNode item) {
    Names rules = new Names(limits, problems);
    if (item instanceof SourceNode.Obj) {
      return Fields.of(item, problems)
          .flatMap(
              fields -> {
                Optional<Tag.Namespace> namespace = fields.oneOf("namespace", Tag.Namespace.class);
                // Maestro shows it on what it gives out, and takes it back without a meaning.
                fields.find("permit");
                return fields
                    .require("name")
                    .flatMap(rules::tag)
                    .map(name -> new Tag(name, namespace.orElse(null), fields.others()));
              });
    }
    return rules.tag(item).map(Tag::named);
  }
}
