package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A value that is not what its place asks for; the path is told by who wraps it. */
final class Mismatch extends MismatchedInputException {
  private static final long serialVersionUID = 1L;

  /**
   * @param wanted as in "to be <i>true or false</i>"
   * @param found as in "but found <i>an array</i>"
   */
  Mismatch(JsonParser json, String wanted, String found) {
    super(json, "to be " + wanted + ", but found " + found);
  }
}
