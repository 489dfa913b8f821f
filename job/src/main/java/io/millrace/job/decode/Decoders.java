package io.millrace.job.decode;

import io.millrace.address.DispatchId;
import io.millrace.address.InstanceAddress;
import io.millrace.address.RunAddress;
import io.millrace.definition.DefinitionLimits;
import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.definition.Problem;
import io.millrace.definition.ProblemCode;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.job.decode.Refusal.Code;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Delivery.Origin;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reading;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Report;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.Task;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One decoder for each input topic. */
final class Decoders {
  private static final int MAX_ID_CHARS = DefinitionLimits.DEFAULT.maxIdChars();
  private static final int MAX_REQUEST_ID_CHARS = 256;

  private Decoders() {}

  /** A push: the whole text goes to the workflow it names. */
  static Delivery definition(Incoming record, byte[] value, @Nullable ReplyTo replyTo)
      throws Refused {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(Code.MALFORMED, "Expected the definition to be UTF-8 text, but it is not.");
    }
    DefinitionReading reading = DefinitionReader.read(text).toRun();
    if (reading.push().isEmpty()) {
      throw new Refused(invalid(reading));
    }
    String workflowId = reading.push().get().workflow().id();
    requireKey(record, workflowId);
    return Delivery.from(
        record.origin(), MachineAddress.workflow(workflowId), new Message.Push(text, replyTo));
  }

  private static Refusal invalid(DefinitionReading reading) {
    Code code =
        reading.problems().stream().anyMatch(problem -> problem.code() == ProblemCode.SYNTAX)
            ? Code.MALFORMED
            : Code.INVALID_DEFINITION;
    String told =
        reading.problems().stream()
            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
            .limit(3)
            .map(problem -> problem.path() + ": " + problem.message())
            .collect(Collectors.joining(" "));
    return new Refusal(
        code,
        "Expected a valid definition, but it has %d problems. %s"
            .formatted(reading.problems().size(), told)
            .strip(),
        reading.problems());
  }

  static Delivery start(Incoming record, byte[] value, @Nullable ReplyTo replyTo) throws Refused {
    StartRequest request = read(value, StartRequest.class);
    String workflowId = requireText("workflow_id", request.workflowId(), MAX_ID_CHARS);
    requireKey(record, workflowId);
    String requestId =
        request.requestId() == null
            ? derivedRequestId(record.origin())
            : requireText("request_id", request.requestId(), MAX_REQUEST_ID_CHARS);
    return Delivery.from(
        record.origin(),
        MachineAddress.workflow(workflowId),
        new Message.Start(
            requestId,
            request.version(),
            request.runParams(),
            request.user(),
            request.follow(),
            replyTo));
  }

  /** The same record is the same start, however often it is read. */
  private static String derivedRequestId(Origin origin) {
    return origin.topic() + ":" + origin.partition() + ":" + origin.offset();
  }

  static Delivery action(Incoming record, byte[] value, @Nullable ReplyTo replyTo) throws Refused {
    ActionRequest request = read(value, ActionRequest.class);
    boolean asks = request.action() == Action.SHOW || request.action() == Action.WATCH;
    if (replyTo == null && asks) {
      throw new Refused(
          Code.BAD_REPLY_HEADERS,
          "Expected a question to say where its asker listens, but it has no reply headers.");
    }
    String target = request.target();
    if (target.indexOf('/') < 0) {
      return toWorkflow(record, request, replyTo);
    }
    Optional<RunAddress> run = RunAddress.parse(target);
    if (run.isEmpty() || run.get().instance().workflowId().length() > MAX_ID_CHARS) {
      throw badTarget(request, "be a workflow or a run such as workflow/7");
    }
    requireKey(record, run.get().instance().workflowId());
    return Delivery.from(
        record.origin(),
        MachineAddress.instance(root(run.get().instance())),
        new Message.Act(request, replyTo));
  }

  /** Actions aimed at a node go to its root and travel down (decisions, the tree 1). */
  private static InstanceAddress root(InstanceAddress node) {
    return InstanceAddress.of(node.workflowId(), node.instance());
  }

  private static Delivery toWorkflow(
      Incoming record, ActionRequest request, @Nullable ReplyTo replyTo) throws Refused {
    String workflowId = requireText("target", request.target(), MAX_ID_CHARS);
    requireKey(record, workflowId);
    Message message =
        switch (request.action()) {
          case SHOW -> new Message.TellWorkflow(replyTo);
          case STOP, KILL, UNBLOCK -> new Message.Act(request, replyTo);
          case WATCH, RESTART, SKIP -> throw badTarget(request, "be a run such as workflow/7");
        };
    return Delivery.from(record.origin(), MachineAddress.workflow(workflowId), message);
  }

  private static Refused badTarget(ActionRequest request, String expected) {
    return new Refused(
        Code.BAD_TARGET,
        "Expected the target of %s to %s, but it is '%s'."
            .formatted(request.action(), expected, Quotes.shorten(request.target())));
  }

  /** What a worker says goes to the instance that its dispatch id names; nobody waits for it. */
  static Delivery report(Incoming record, byte[] value, @Nullable ReplyTo replyTo) throws Refused {
    Report report = read(value, Report.class);
    if (report.protocol() != Task.PROTOCOL) {
      throw new Refused(
          Code.UNSUPPORTED_PROTOCOL,
          "Expected protocol %d, but the report is in %d."
              .formatted(Task.PROTOCOL, report.protocol()));
    }
    DispatchId id =
        DispatchId.parse(report.dispatchId())
            .orElseThrow(
                () ->
                    new Refused(
                        Code.BAD_DISPATCH_ID,
                        "Expected dispatch_id to be that of a task, but it is '%s'."
                            .formatted(Quotes.shorten(report.dispatchId()))));
    return Delivery.from(
        record.origin(),
        MachineAddress.instance(id.attempt().run().instance()),
        new Message.Reported(report));
  }

  /** Why no signal is taken. */
  static Refused noSignals(byte[] value) {
    return new Refused(
        Code.NOT_SUPPORTED_YET,
        "Expected no signals in this release, but got one with " + value.length + " bytes.");
  }

  // ---- fields

  private static <T> T read(byte[] value, Class<T> type) throws Refused {
    requireUtf8(value);
    Reading<T> reading = ProtocolJson.read(value, type);
    return reading
        .value()
        .orElseThrow(
            () ->
                new Refused(
                    Code.MALFORMED, reading.problem().orElse("Expected JSON, but it is not.")));
  }

  /** The JSON parser would guess UTF-16 and UTF-32 from their first bytes, and take them. */
  private static void requireUtf8(byte[] value) throws Refused {
    for (int i = 0; i < Math.min(value.length, 4); i++) {
      if (value[i] == 0 || (value[i] & 0xFF) >= 0xFE) {
        throw new Refused(Code.MALFORMED, "Expected JSON in UTF-8, but it is in another encoding.");
      }
    }
  }

  private static String requireText(String field, String text, int maxChars) throws Refused {
    if (text.isBlank() || text.length() > maxChars) {
      throw new Refused(
          Code.BAD_VALUE,
          "Expected %s to have 1 to %d characters, but it has %d."
              .formatted(field, maxChars, text.isBlank() ? 0 : text.length()));
    }
    return text;
  }

  /** Commands to one workflow keep their order only if they share a partition. */
  private static void requireKey(Incoming record, String workflowId) throws Refused {
    byte[] key = record.key();
    if (key != null && !Arrays.equals(key, workflowId.getBytes(StandardCharsets.UTF_8))) {
      throw new Refused(
          Code.BAD_KEY,
          "Expected the record's key to be the workflow id '%s', but it is '%s'."
              .formatted(workflowId, Quotes.shorten(new String(key, StandardCharsets.UTF_8))));
    }
  }
}
