package io.millrace.engine.run;

import io.millrace.address.AttemptAddress;
import io.millrace.address.DispatchId;
import io.millrace.definition.TypedStep;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.step.StepContext;
import io.millrace.evaluation.ParamMerge;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.Task;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One attempt, as its behaviour sees it. */
final class AttemptContext implements StepContext {
  private static final int HASH_BYTES = 8;

  private final OpenRun run;
  private final StepFlow flow;
  private final TypedStep definition;
  private final StepDraft draft;
  private final Predicate<String> declaredQueues;

  AttemptContext(
      StepFlow flow, TypedStep definition, StepDraft draft, Predicate<String> declaredQueues) {
    this.run = flow.run();
    this.flow = flow;
    this.definition = definition;
    this.draft = draft;
    this.declaredQueues = declaredQueues;
  }

  @Override
  public long at() {
    return run.turn().at();
  }

  @Override
  public TypedStep definition() {
    return definition;
  }

  @Override
  public StepRun step() {
    return draft.step();
  }

  @Override
  public void wakeAt(long when) {
    run.turn().setTimer(StepFlow.timer(StepFlow.Timer.WAKE, draft), when);
  }

  @Override
  public void running() {
    draft.to(StepStatus.RUNNING);
  }

  @Override
  public void succeed(Map<String, ParamValue> outputs) {
    closeTask();
    if (!outputs.isEmpty()) {
      ParamMerge.Merged merged = ParamMerge.outputs(current(), outputs);
      if (merged instanceof ParamMerge.Merged.Refused refused) {
        fail(Report.Failure.FATAL, refused.failure().message(), false);
        return;
      }
      Map<String, ParamValue> values = new LinkedHashMap<>(draft.params());
      ((ParamMerge.Merged.Params) merged)
          .params()
          .forEach((name, param) -> values.put(name, param.literal()));
      draft.params(values);
    }
    flow.succeed(draft);
  }

  /** The step's params as they are now, in the modes it defines; only these can be updated. */
  private Map<String, ParamDefinition> current() {
    Map<String, ParamDefinition> current = new LinkedHashMap<>();
    definition
        .params()
        .forEach(
            (name, param) -> {
              ParamValue value = draft.params().get(name);
              if (value != null) {
                current.put(name, param.with(value.type(), new ParamContent.Literal(value)));
              }
            });
    return current;
  }

  @Override
  public void fail(Report.Failure whose, String message, boolean retryable) {
    closeTask();
    new StepFailures(flow).failed(draft, definition, whose, message, retryable);
  }

  @Override
  public boolean declares(String queue) {
    return declaredQueues.test(queue);
  }

  @Override
  public void dispatch(String queue) {
    Map<String, ParamValue> params = new LinkedHashMap<>(run.visible());
    params.putAll(draft.params());
    String body =
        new CanonicalText()
            .text(run.record().runUuid())
            .text(queue)
            .text(definition().type())
            .params(params)
            .toString();
    DispatchId id =
        new DispatchId(
            new AttemptAddress(run.address(), draft.stepId(), draft.attempt()), hash(body));
    draft.dispatchId(id.toString());
    run.turn()
        .dispatch(
            new Task(
                Task.PROTOCOL,
                id.toString(),
                queue,
                run.turn().envelope().workflowId(),
                run.address().toString(),
                run.record().runUuid(),
                draft.stepId(),
                draft.attempt(),
                definition().type(),
                params,
                timeout()));
    new WorkerWatch(flow).dispatched(draft, definition);
  }

  @Override
  public void cancel(String reason) {
    String open = draft.dispatchId();
    if (open != null && draft.status() == StepStatus.RUNNING) {
      run.turn().cancelTask(open, reason);
    }
  }

  @Override
  public void progress(
      @Nullable String worker,
      @Nullable String message,
      @Nullable Double progress,
      @Nullable String logTail,
      @Nullable String link) {
    draft.progress(
        Kept.startOf(worker, Report.MAX_WORKER_CHARS),
        Kept.startOf(message, Report.MAX_MESSAGE_CHARS),
        progress,
        Kept.endOf(logTail, Report.MAX_LOG_TAIL_CHARS),
        Kept.startOf(link, Report.MAX_LINK_CHARS));
  }

  private long timeout() {
    return new StepSettings(run).timeout(definition)
            instanceof StepScope.Evaluated.Value<Duration> known
        ? known.value().toMillis()
        : Long.MAX_VALUE;
  }

  private void closeTask() {
    String open = draft.dispatchId();
    if (open != null) {
      run.turn().closeTask(open);
    }
  }

  private static String hash(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 to be there: every Java has it.", e);
    }
  }
}
