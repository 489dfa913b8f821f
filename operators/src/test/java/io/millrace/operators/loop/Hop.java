package io.millrace.operators.loop;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.OutputTag;

/** A record of the test loops: what it is, whose it is, who began it, and a number. */
public record Hop(Kind kind, long key, long root, long number) {

  /** What a function does with a hop. */
  public enum Kind {
    START,
    CHAIN,
    CHILD,
    DUE,
    REPLY,
    CHAIN_DONE,
    SPEAK,
    HEAR,
    PING,
    STOP,
    PROBE,
    PROBE_ONE
  }

  static final TypeInformation<Hop> TYPE = Types.POJO(Hop.class);
  static final OutputTag<Hop> BACK = new OutputTag<>("back", TYPE);
}
