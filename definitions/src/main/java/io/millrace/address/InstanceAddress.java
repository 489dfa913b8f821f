package io.millrace.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The identity of an instance, and with it of its keyed state: {@code workflow/7} for a root or
 * subworkflow instance, {@code workflow/7/fe/3} for iteration 3 (0-based) of loop step {@code fe}
 * in it, and so on downwards. Runs (restarts) are records inside an instance, so no run number
 * appears here.
 *
 * @param segments the way down, never empty; the first names the workflow, the others loop steps
 */
public record InstanceAddress(List<Segment> segments) {

  /** One level: a workflow or loop step, and the number of the instance or iteration in it. */
  public record Segment(String name, long number) {
    public Segment {
      if (name.isEmpty() || number < 0) {
        throw new IllegalArgumentException(
            "Expected a name and a number of at least 0, but got '" + name + "/" + number + "'.");
      }
    }
  }

  public InstanceAddress {
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one segment, but got none.");
    }
  }

  /** The address of a workflow's own instance; instance numbers start at 1. */
  public static InstanceAddress of(String workflowId, long instance) {
    return new InstanceAddress(List.of(new Segment(workflowId, instance)));
  }

  /** Reads {@code workflow/7/fe/3}; empty if the text is not such an address. */
  public static Optional<InstanceAddress> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length % 2 != 0) {
      return Optional.empty();
    }
    List<Segment> segments = new ArrayList<>(parts.length / 2);
    for (int i = 0; i < parts.length; i += 2) {
      Optional<Long> number = AddressText.number(parts[i + 1]);
      if (parts[i].isEmpty() || parts[i].indexOf(':') >= 0 || number.isEmpty()) {
        return Optional.empty();
      }
      segments.add(new Segment(parts[i], number.get()));
    }
    return Optional.of(new InstanceAddress(segments));
  }

  /** The workflow whose instance this is, or in whose instance this iteration is. */
  public String workflowId() {
    return segments.get(0).name();
  }

  /** The number of the workflow's instance at the top of the path. */
  public long instance() {
    return segments.get(0).number();
  }

  /** True for {@code workflow/7}: an instance that its workflow's machine knows by number. */
  public boolean isWorkflowInstance() {
    return segments.size() == 1;
  }

  /** The instance whose loop an iteration is of; empty for a workflow's instance. */
  public Optional<InstanceAddress> enclosing() {
    return isWorkflowInstance()
        ? Optional.empty()
        : Optional.of(new InstanceAddress(segments.subList(0, segments.size() - 1)));
  }

  /** The address of an iteration of one of this instance's loop steps. */
  public InstanceAddress iteration(String stepId, long iteration) {
    List<Segment> down = new ArrayList<>(segments);
    down.add(new Segment(stepId, iteration));
    return new InstanceAddress(down);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Segment segment : segments) {
      if (text.length() > 0) {
        text.append('/');
      }
      text.append(segment.name()).append('/').append(segment.number());
    }
    return text.toString();
  }
}
