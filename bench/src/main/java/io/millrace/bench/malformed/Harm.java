package io.millrace.bench.malformed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The kinds of harm that can be done to a sound record. */
enum Harm {
  EMPTY,
  TOMBSTONE,
  NOT_JSON,
  TRUNCATED,
  IN_AN_ARRAY,
  A_NUMBER,
  NULL_LITERAL,
  MISSING_FIELDS,
  UNKNOWN_FIELD,
  WRONG_TYPE,
  DOUBLED_FIELD,
  TRAILING_TEXT,
  TEN_MEBIBYTES,
  TEN_MEBIBYTES_IN_A_FIELD,
  DEEP_NESTING,
  BAD_UTF8,
  HALF_A_SURROGATE_PAIR,
  UTF16,
  NOT_A_NUMBER,
  HUGE_EXPONENT,
  RANDOM_BYTES,
  HUGE_ID,
  ID_WITH_SEPARATORS,
  UNKNOWN_NAME,
  UNKNOWN_CHOICE,
  REPEATED_ID,
  BAD_REPLY_PARTITION,
  REPLY_PARTITION_NOT_A_NUMBER;

  private static final int TEN_MIB = 10 * 1024 * 1024;
  private static final int DEPTH = 10_000;
  private static final int LONG_ID = 10_000;

  /** Large ones are sent a few times only: the point is made, and the disk is not endless. */
  boolean isLarge() {
    return this == TEN_MEBIBYTES || this == TEN_MEBIBYTES_IN_A_FIELD;
  }

  /**
   * The value of a record that has come to this harm.
   *
   * @return null for a tombstone
   */
  byte @Nullable [] done(Sound sound, Random random) {
    String json = sound.json();
    return switch (this) {
      case EMPTY -> new byte[0];
      case TOMBSTONE -> null;
      case NOT_JSON -> bytes("start etl, please");
      case TRUNCATED -> bytes(json.substring(0, json.length() / 2));
      case IN_AN_ARRAY -> bytes("[" + json + "]");
      case A_NUMBER -> bytes("42");
      case NULL_LITERAL -> bytes("null");
      case MISSING_FIELDS -> bytes("{}");
      case UNKNOWN_FIELD -> bytes(sound.with("\"no_such_field\":1"));
      case WRONG_TYPE -> bytes(sound.with(sound.idField(), "[1]"));
      case DOUBLED_FIELD -> bytes(sound.with("\"twice\":1,\"twice\":2"));
      case TRAILING_TEXT -> bytes(json + " {}");
      case TEN_MEBIBYTES -> filled(TEN_MIB);
      case TEN_MEBIBYTES_IN_A_FIELD ->
          bytes(sound.with("\"filler\":\"" + "x".repeat(TEN_MIB) + "\""));
      case DEEP_NESTING -> bytes(sound.with("\"deep\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH)));
      case BAD_UTF8 -> badUtf8(sound);
      case HALF_A_SURROGATE_PAIR -> bytes(sound.with(sound.idField(), "\"\\ud83d\""));
      case UTF16 -> json.getBytes(StandardCharsets.UTF_16LE);
      case NOT_A_NUMBER -> bytes(sound.with("\"number\":NaN"));
      case HUGE_EXPONENT -> bytes(sound.with("\"number\":1e999999999"));
      case RANDOM_BYTES -> randomBytes(random);
      case HUGE_ID -> bytes(sound.with(sound.idField(), "\"" + "x".repeat(LONG_ID) + "\""));
      case ID_WITH_SEPARATORS -> bytes(sound.with(sound.idField(), "\"a/b:c@d\""));
      case UNKNOWN_NAME -> bytes(sound.unknownName());
      case UNKNOWN_CHOICE -> bytes(sound.unknownChoice());
      case REPEATED_ID -> bytes(sound.repeatedId());
      case BAD_REPLY_PARTITION, REPLY_PARTITION_NOT_A_NUMBER -> bytes(json);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] filled(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private static byte[] badUtf8(Sound sound) {
    byte[] bytes = bytes(sound.with("\"text\":\"~(\""));
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '~') {
        bytes[i] = (byte) 0xC3;
      }
    }
    return bytes;
  }

  private static byte[] randomBytes(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(2_000)];
    random.nextBytes(bytes);
    return bytes;
  }
}
