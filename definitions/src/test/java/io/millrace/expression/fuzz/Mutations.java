package io.millrace.expression.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Small damage to bytes: single ones, pieces, and tokens of other inputs. */
final class Mutations {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z_]+|[0-9.]+|'[^']*'|\\S");
  private static final List<String> PIECES =
      List.of(
          "\\u0027",
          "\\uD83D\\uDE00",
          "\\u000a",
          "/*",
          "//",
          "\n",
          "\r\n",
          "\u0000",
          "ß",
          "😀",
          "9223372036854775807",
          "-9223372036854775808",
          "1e308",
          "0x7fffffffffffffff",
          "null",
          "return ",
          "while (true) ",
          "for (;;) ",
          "new ",
          "params",
          "throw ",
          "'",
          "\"");

  private final List<byte[]> tokens = new ArrayList<>();

  Mutations(List<String> corpus) {
    for (String text : corpus) {
      TOKEN.matcher(text).results().map(MatchResult::group).distinct().limit(50).forEach(this::add);
    }
    PIECES.forEach(this::add);
  }

  private void add(String token) {
    tokens.add(token.getBytes(StandardCharsets.UTF_8));
  }

  byte[] mutate(byte[] input, Random random) {
    byte[] bytes = input;
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      int from = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, from + random.nextInt(12));
      byte[] token = tokens.get(random.nextInt(tokens.size()));
      bytes =
          switch (random.nextInt(7)) {
            case 0 -> spliced(bytes, from, to, new byte[0]);
            case 1 -> spliced(bytes, from, from, token);
            case 2 -> spliced(bytes, from, to, token);
            case 3 -> spliced(bytes, from, from, slice(bytes, from, to));
            case 4 -> spliced(bytes, from, from, repeated(slice(bytes, from, to), random));
            case 5 -> slice(bytes, 0, from);
            default -> flipped(bytes, random);
          };
    }
    return bytes;
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    byte[] flipped = bytes.clone();
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
    }
    return flipped;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return java.util.Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] repeated(byte[] piece, Random random) {
    ByteArrayOutputStream repeated = new ByteArrayOutputStream();
    for (int times = random.nextInt(300); times > 0; times--) {
      repeated.writeBytes(piece);
    }
    return repeated.toByteArray();
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
    ByteArrayOutputStream spliced = new ByteArrayOutputStream(bytes.length + piece.length);
    spliced.write(bytes, 0, from);
    spliced.writeBytes(piece);
    spliced.write(bytes, to, bytes.length - to);
    return spliced.toByteArray();
  }
}
