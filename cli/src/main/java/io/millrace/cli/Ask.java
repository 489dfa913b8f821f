package io.millrace.cli;

import io.millrace.address.RunAddress;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A request as the record it travels in; may be sent more than once. */
final class Ask {
  private final String topic;
  private final String key;
  private final byte[] value;

  private Ask(String topic, String key, byte[] value) {
    this.topic = topic;
    this.key = key;
    this.value = value;
  }

  /** A push of the text as it is, keyed by the workflow it names. */
  static Ask push(Topics topics, String workflowId, byte[] text) {
    return new Ask(topics.definitions(), workflowId, text);
  }

  static Ask start(Topics topics, StartRequest request) {
    return new Ask(topics.triggers(), request.workflowId(), ProtocolJson.write(request));
  }

  static Ask action(Topics topics, ActionRequest request) {
    String target = request.target();
    String workflowId =
        RunAddress.parse(target).map(run -> run.instance().workflowId()).orElse(target);
    return new Ask(topics.actions(), workflowId, ProtocolJson.write(request));
  }

  static Ask show(Topics topics, String target, @Nullable String runUuid) {
    return action(topics, new ActionRequest(Action.SHOW, target, runUuid, null, User.name(), null));
  }

  ProducerRecord<String, byte[]> record() {
    return new ProducerRecord<>(topic, key, value);
  }
}
