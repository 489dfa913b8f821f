package io.millrace.job.decode;

import io.millrace.operators.state.Delivery;
import io.millrace.protocol.ReplyTo;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Understands the records of one input topic. */
@FunctionalInterface
interface Decoder extends Serializable {
  /**
   * The message in a record.
   *
   * @param value its value, within the limit of size
   * @throws Refused if it holds none
   */
  Delivery decode(Incoming record, byte[] value, @Nullable ReplyTo replyTo) throws Refused;
}
