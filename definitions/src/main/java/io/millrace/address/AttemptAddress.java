package io.millrace.address;

import java.util.Optional;

/**
 * One attempt of one step in one run: {@code workflow/7:1/extract@2}.
 *
 * @param run the run, with its number named
 * @param stepId the step
 * @param attempt from 1
 */
public record AttemptAddress(RunAddress run, String stepId, long attempt) {

  /** Reads {@code workflow/7:1/extract@2}; empty if the text is not such an address. */
  public static Optional<AttemptAddress> parse(String text) {
    int slash = text.lastIndexOf('/');
    int at = text.lastIndexOf('@');
    if (slash < 0 || at <= slash + 1) {
      return Optional.empty();
    }
    Optional<Long> attempt = AddressText.number(text.substring(at + 1));
    if (attempt.isEmpty()) {
      return Optional.empty();
    }
    String stepId = text.substring(slash + 1, at);
    return RunAddress.parse(text.substring(0, slash))
        .map(run -> new AttemptAddress(run, stepId, attempt.get()));
  }

  @Override
  public String toString() {
    return run + "/" + stepId + "@" + attempt;
  }
}
