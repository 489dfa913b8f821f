package io.millrace.definition;

import java.util.Map;

/**
 * Writes a definition as the JSON envelope of a push, in the one canonical form of all texts that
 * say the same.
 *
 * <p>Names and enums are written as the documentation does, params with their type, durations with
 * their units, and what is as if unsaid is left out. {@link DefinitionReader} makes an equal push
 * of it, and of that push comes the same text again. As params are written with their types, a text
 * of short plain ones becomes several times as long, and may outgrow {@link DefinitionLimits}.
 */
public final class DefinitionWriter {
  private DefinitionWriter() {}

  /**
   * The text of a push.
   *
   * @throws IllegalArgumentException if a note has the name of a field, or a duration is not in
   *     whole milliseconds, as in no push that was read
   */
  public static String write(Push push) {
    return TreePrinter.print(tree(push));
  }

  private static Map<String, Object> tree(Push push) {
    WrittenFields fields = new WrittenFields();
    Properties properties = push.properties();
    if (properties != null) {
      fields.put("properties", PropertiesWriter.write(properties));
    }
    GitInfo git = push.gitInfo();
    if (git != null) {
      fields.put("git_info", gitInfo(git));
    }
    return fields
        .putUnless("is_active", push.active(), true)
        .put("workflow", WorkflowWriter.write(push.workflow()))
        .notes(push.extraInfo())
        .all();
  }

  private static Map<String, Object> gitInfo(GitInfo git) {
    return new WrittenFields()
        .put("origin", git.origin())
        .put("branch", git.branch())
        .put("sha", git.sha())
        .put("path", git.path())
        .put("author", git.author())
        .put("timestamp", git.timestamp())
        .put("uncommitted_changes", git.uncommittedChanges())
        .all();
  }
}
