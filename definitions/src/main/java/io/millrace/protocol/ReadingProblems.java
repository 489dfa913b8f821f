package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why a record could not be read, and where. */
final class ReadingProblems {
  /** Longer sentences are cut, as they may quote what a stranger wrote. */
  static final int MAX_CHARS = 500;

  private ReadingProblems() {}

  static String sentence(Exception problem) {
    String text = problem instanceof JsonProcessingException json ? of(json) : of(problem);
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS - 3) + "...";
  }

  private static String of(JsonProcessingException problem) {
    if (problem instanceof UnrecognizedPropertyException unknown) {
      return "Expected "
          + path(unknown)
          + " to be a known field"
          + known(unknown.getKnownPropertyIds())
          + ", but it is not"
          + place(unknown.getLocation())
          + ".";
    }
    String finding = firstLine(problem.getOriginalMessage());
    if (problem instanceof Mismatch mismatch) {
      return "Expected " + path(mismatch) + " " + finding + place(mismatch.getLocation()) + ".";
    }
    if (problem instanceof MismatchedInputException missing
        && finding.startsWith("Missing required")) {
      return "Expected "
          + path(missing)
          + " to be given, but it is not"
          + place(missing.getLocation())
          + ".";
    }
    if (problem instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return "Expected "
          + path(mismatch)
          + " to be "
          + Mismatches.wanted(mismatch.getTargetType())
          + ", but it is not"
          + place(mismatch.getLocation())
          + ".";
    }
    if (problem instanceof JsonMappingException mapping && !hasSyntaxCause(mapping)) {
      return "Expected "
          + path(mapping)
          + " to fit its type, but: "
          + finding
          + place(problem.getLocation());
    }
    String kind = problem instanceof StreamConstraintsException ? "JSON within limits" : "JSON";
    return "Expected " + kind + ", but: " + finding + place(problem.getLocation());
  }

  private static String of(Exception problem) {
    return "Expected a record of the protocol, but: " + firstLine(problem.getMessage());
  }

  /** Syntax errors met inside an object come wrapped. */
  private static boolean hasSyntaxCause(JsonMappingException problem) {
    return problem.getCause() instanceof JsonProcessingException cause
        && !(cause instanceof JsonMappingException);
  }

  private static String known(@Nullable Collection<Object> names) {
    return names == null || names.isEmpty()
        ? ""
        : " ("
            + names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "))
            + ")";
  }

  private static String path(JsonMappingException problem) {
    StringBuilder path = new StringBuilder("$");
    for (JsonMappingException.Reference step : problem.getPath()) {
      if (step.getFieldName() != null) {
        path.append('.').append(step.getFieldName());
      } else if (step.getIndex() >= 0) {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    return path.toString();
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "no reason is known" : message.lines().findFirst().orElse("");
  }
}
