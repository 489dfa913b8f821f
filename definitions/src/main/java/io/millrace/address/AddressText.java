package io.millrace.address;

import java.util.Optional;

/** Reads the numbers in addresses: decimal digits only, no sign, no leading zero, at most 18. */
final class AddressText {
  private static final int MAX_DIGITS = 18;

  private AddressText() {}

  static Optional<Long> number(String text) {
    if (text.isEmpty()
        || text.length() > MAX_DIGITS
        || (text.length() > 1 && text.charAt(0) == '0')) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    return Optional.of(Long.parseLong(text));
  }
}
