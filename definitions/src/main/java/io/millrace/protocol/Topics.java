package io.millrace.protocol;

import java.util.List;
import java.util.Locale;

/**
 * The names of the topics under one prefix. The key of every record is the workflow id, so that
 * what concerns one workflow keeps its order within a topic.
 *
 * @param prefix {@code millrace} unless the operator says otherwise
 */
public record Topics(String prefix) {
  public static final Topics DEFAULT = new Topics("millrace");

  /** In: the texts of pushes, JSON or YAML, as they are; one right, one topic. */
  public String definitions() {
    return prefix + ".definitions";
  }

  /** In: {@link StartRequest}. */
  public String triggers() {
    return prefix + ".triggers";
  }

  /** In: {@link ActionRequest}. */
  public String actions() {
    return prefix + ".actions";
  }

  /** In: signals. */
  public String signals() {
    return prefix + ".signals";
  }

  /** In: {@link Report}, from workers. */
  public String reports() {
    return prefix + ".reports";
  }

  /** Out: {@link Task}, for the workers of one queue. */
  public String tasks(String queue) {
    return prefix + ".tasks." + queue.toLowerCase(Locale.ROOT);
  }

  /** Out: {@link Cancel}, read by every worker outside its group. */
  public String cancels() {
    return prefix + ".cancels";
  }

  /** Out: {@link TimelineEvent}, exactly once for read_committed readers. */
  public String timeline() {
    return prefix + ".timeline";
  }

  /** Out: {@link Reply}, to the partition the asker reads. */
  public String replies() {
    return prefix + ".replies";
  }

  /** Out: {@link DeadLetter}. */
  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  /** Out, compacted: the latest summary of every workflow and root instance. */
  public String catalog() {
    return prefix + ".catalog";
  }

  /** All that come in. */
  public List<String> inputs() {
    return List.of(definitions(), triggers(), actions(), signals(), reports());
  }
}
