package io.millrace.job.decode;

import io.millrace.definition.Problem;
import java.util.List;

/**
 * Why a record is not taken.
 *
 * @param message "Expected ..., but ..."
 * @param problems of a definition
 */
record Refusal(Code code, String message, List<Problem> problems) {
  Refusal {
    problems = List.copyOf(problems);
  }

  static Refusal of(Code code, String message) {
    return new Refusal(code, message, List.of());
  }

  /** The stable codes, in dead letters and replies. */
  enum Code {
    /** The record has no value. */
    TOMBSTONE,
    /** The value is larger than the option {@code max-input}. */
    TOO_LARGE,
    /** The value is not a record of its topic. */
    MALFORMED,
    /** A field has a value that cannot be. */
    BAD_VALUE,
    /** The record's key is not the workflow id, so that the order of commands would be lost. */
    BAD_KEY,
    /** The headers that say where the asker listens cannot be understood or reached. */
    BAD_REPLY_HEADERS,
    /** The target of an action is not an address, or not one for this action. */
    BAD_TARGET,
    /** The definition has problems. */
    INVALID_DEFINITION,
    /** The report names no task. */
    BAD_DISPATCH_ID,
    /** The report is in a version of the protocol that this release does not speak. */
    UNSUPPORTED_PROTOCOL,
    /** Something of the definition language or of Maestro that is not there yet. */
    NOT_SUPPORTED_YET,
    /** A bug of the decoder. */
    DECODER_ERROR
  }
}
