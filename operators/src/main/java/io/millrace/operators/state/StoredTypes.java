package io.millrace.operators.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.millrace.engine.Document;
import io.millrace.engine.Message;
import io.millrace.param.ParamValue;
import java.util.List;

/**
 * The one page of all that is written down: every document and message under its stable name, with
 * the changes its form went through.
 *
 * <p><b>To add a component:</b> give it a default for "absent" in the record's compact constructor
 * (collections become empty, numbers 0, booleans false by themselves). No new version.
 *
 * <p><b>To rename, split or change a meaning:</b> append {@code .changedIn("0.3.0", old -> ...)} to
 * the entry here. It turns the tree of the version before into that of the next; never change one
 * that was released.
 *
 * <p><b>To remove a component:</b> stop reading it; unknown fields are passed over.
 *
 * <p>All this is about types that are written by name. What most turns read and write has a {@link
 * ComponentForm}, which says how it may change.
 *
 * <p>In all cases append a line to {@code golden/*.txt} in the test resources (the failing test
 * prints it) and leave the older lines: they are what users have on disk.
 */
final class StoredTypes {
  static final List<StoredType<Document>> DOCUMENTS =
      List.of(
          StoredType.of("workflow", Document.WorkflowRecord.class),
          StoredType.of("version", Document.VersionRecord.class),
          StoredType.of("queued-start", Document.QueuedStart.class),
          StoredType.of("request", Document.RequestRecord.class),
          StoredType.<Document>of("instance", Document.InstanceRecord.class)
              .byComponentSince("0.1.0", new InstanceRecordForm()),
          StoredType.<Document>of("run", Document.RunRecord.class)
              .byComponentSince("0.1.0", new RunRecordForm()),
          StoredType.of("definition", Document.DefinitionRecord.class),
          StoredType.<Document>of("step", Document.StepRun.class)
              .byComponentSince("0.1.0", new StepRunForm()),
          StoredType.of("timers", Document.Timers.class),
          StoredType.of("run-params", Document.RunParams.class),
          StoredType.of("loop", Document.LoopRecord.class),
          StoredType.of("loop-chunk", Document.LoopChunk.class),
          StoredType.of("loop-params", Document.LoopParams.class),
          StoredType.of("leaf-counts", Document.LeafCounts.class),
          StoredType.of("sign-of-life", Document.SignOfLife.class));

  static final List<StoredType<Message>> MESSAGES =
      List.of(
          StoredType.of("push", Message.Push.class),
          StoredType.of("start", Message.Start.class),
          StoredType.of("tell-workflow", Message.TellWorkflow.class),
          StoredType.of("act-on-queued", Message.ActOnQueued.class),
          StoredType.of("run-ended", Message.RunEnded.class),
          StoredType.of("launch", Message.Launch.class),
          StoredType.of("act", Message.Act.class),
          StoredType.of("reported", Message.Reported.class),
          StoredType.of("due", Message.Due.class),
          StoredType.of("nudge", Message.Nudge.class),
          StoredType.of("room", Message.Room.class),
          StoredType.of("restart", Message.Restart.class),
          StoredType.of("stop-requested", Message.StopRequested.class),
          StoredType.of("end-run", Message.EndRun.class),
          StoredType.of("child-accepted", Message.ChildAccepted.class),
          StoredType.of("child-refused", Message.ChildRefused.class),
          StoredType.of("child-ended", Message.ChildEnded.class),
          StoredType.of("forget-iteration", Message.ForgetIteration.class));

  private StoredTypes() {}

  /** The names of the values nested in documents and messages. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "string", value = ParamValue.Text.class),
    @JsonSubTypes.Type(name = "long", value = ParamValue.Int.class),
    @JsonSubTypes.Type(name = "double", value = ParamValue.Decimal.class),
    @JsonSubTypes.Type(name = "boolean", value = ParamValue.Bool.class),
    @JsonSubTypes.Type(name = "string-map", value = ParamValue.StringMap.class),
    @JsonSubTypes.Type(name = "string-array", value = ParamValue.StringArray.class),
    @JsonSubTypes.Type(name = "long-array", value = ParamValue.LongArray.class),
    @JsonSubTypes.Type(name = "double-array", value = ParamValue.DoubleArray.class),
    @JsonSubTypes.Type(name = "boolean-array", value = ParamValue.BooleanArray.class),
    @JsonSubTypes.Type(name = "map", value = ParamValue.MapOfParams.class)
  })
  interface ParamValueNames {}
}
