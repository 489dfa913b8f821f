package io.millrace.operators.loop;

import org.apache.flink.streaming.api.operators.StreamOperatorFactory;

/** Lets a harness of another package run a function at the head of a loop that is not closed. */
public final class LoopHeads {
  private LoopHeads() {}

  public static <K, T, OUT> StreamOperatorFactory<OUT> of(
      LoopFunction<K, T, OUT> function, LoopOptions options) {
    return new LoopHeadFactory<>(function, "harness", options);
  }
}
