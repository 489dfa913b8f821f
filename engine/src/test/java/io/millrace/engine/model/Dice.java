package io.millrace.engine.model;

import java.util.List;
import java.util.Random;

/** Random choices that come from a seed. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    random = new Random(seed);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Both ends included. */
  long between(long least, long most) {
    return least + Math.floorMod(random.nextLong(), most - least + 1);
  }

  /** Both ends included, and small ones are more likely. */
  int few(int least, int most) {
    int number = least;
    while (number < most && chance(60)) {
      number++;
    }
    return number;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** One of as many as there are weights. */
  int weighted(int... weights) {
    int total = 0;
    for (int weight : weights) {
      total += weight;
    }
    int left = random.nextInt(total);
    int index = 0;
    while (left >= weights[index]) {
      left -= weights[index++];
    }
    return index;
  }

  /** So many that two of them, and their sums, hardly ever meet at one instant. */
  long millis(long least, long most) {
    return between(least, most) * 1_009 % (most - least + 1) + least;
  }
}
