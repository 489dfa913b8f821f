package io.millrace.expression.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Random numbers that a replay repeats: SplitMix64 from the SHA-256 of a seed text.
 *
 * <p>Written out because the JDK's generators may change with its version, and a job restored on a
 * later one must decide alike.
 */
final class Draws {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

  private long state;

  Draws(String seed) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      state = ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JDK to have SHA-256.", e);
    }
  }

  /** From 0 inclusive to 1 exclusive. */
  double nextFraction() {
    return (next() >>> 11) * TWO_TO_MINUS_53;
  }

  /** Of version 4, variant 2. */
  UUID nextUuid() {
    long most = (next() & ~0xF000L) | 0x4000L;
    long least = (next() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(most, least);
  }

  private long next() {
    state += GOLDEN_GAMMA;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
