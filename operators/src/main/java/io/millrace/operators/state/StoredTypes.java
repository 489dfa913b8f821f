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
          StoredType.<Document>of("workflow", Document.WorkflowRecord.class)
              .byComponentSince(
                  "0.1.0",
                  ComponentForm.of(WorkflowForms::writeWorkflow, WorkflowForms::readWorkflow)),
          StoredType.of("version", Document.VersionRecord.class),
          StoredType.of("queued-start", Document.QueuedStart.class),
          StoredType.<Document>of("request", Document.RequestRecord.class)
              .byComponentSince(
                  "0.1.0",
                  ComponentForm.of(WorkflowForms::writeRequest, WorkflowForms::readRequest)),
          StoredType.<Document>of("instance", Document.InstanceRecord.class)
              .byComponentSince("0.1.0", new InstanceRecordForm()),
          StoredType.<Document>of("run", Document.RunRecord.class)
              .byComponentSince("0.1.0", new RunRecordForm()),
          StoredType.<Document>of("definition", Document.DefinitionRecord.class)
              .byComponentSince(
                  "0.1.0",
                  ComponentForm.of(
                      (definition, out) -> Components.writeText(definition.text(), out),
                      in -> new Document.DefinitionRecord(Components.readText(in)))),
          StoredType.<Document>of("step", Document.StepRun.class)
              .byComponentSince("0.1.0", new StepRunForm()),
          StoredType.of("timers", Document.Timers.class),
          StoredType.<Document>of("run-params", Document.RunParams.class)
              .byComponentSince(
                  "0.1.0",
                  ComponentForm.of(
                      (params, out) -> Components.writeDefinitions(params.definitions(), out),
                      in -> new Document.RunParams(Components.readDefinitions(in)))),
          StoredType.<Document>of("loop", Document.LoopRecord.class)
              .byComponentSince(
                  "0.1.0", ComponentForm.of(LoopForms::writeLoop, LoopForms::readLoop)),
          StoredType.<Document>of("loop-chunk", Document.LoopChunk.class)
              .byComponentSince(
                  "0.1.0", ComponentForm.of(LoopForms::writeChunk, LoopForms::readChunk)),
          StoredType.of("loop-params", Document.LoopParams.class),
          StoredType.<Document>of("leaf-counts", Document.LeafCounts.class)
              .byComponentSince(
                  "0.1.0", ComponentForm.of(LoopForms::writeLeaves, LoopForms::readLeaves)),
          StoredType.of("sign-of-life", Document.SignOfLife.class));

  static final List<StoredType<Message>> MESSAGES =
      List.of(
          StoredType.of("push", Message.Push.class),
          StoredType.<Message>of("start", Message.Start.class)
              .byComponentSince(
                  "0.1.0", ComponentForm.of(MessageForms::writeStart, MessageForms::readStart)),
          StoredType.of("tell-workflow", Message.TellWorkflow.class),
          StoredType.of("act-on-queued", Message.ActOnQueued.class),
          StoredType.<Message>of("run-ended", Message.RunEnded.class)
              .byComponentSince(
                  "0.1.0",
                  ComponentForm.of(MessageForms::writeRunEnded, MessageForms::readRunEnded)),
          StoredType.<Message>of("launch", Message.Launch.class)
              .byComponentSince(
                  "0.1.0", ComponentForm.of(MessageForms::writeLaunch, MessageForms::readLaunch)),
          StoredType.of("act", Message.Act.class),
          StoredType.<Message>of("reported", Message.Reported.class)
              .byComponentSince(
                  "0.1.0",
                  ComponentForm.of(MessageForms::writeReported, MessageForms::readReported)),
          StoredType.<Message>of("due", Message.Due.class)
              .byComponentSince("0.1.0", ComponentForm.always(new Message.Due())),
          StoredType.<Message>of("nudge", Message.Nudge.class)
              .byComponentSince("0.1.0", ComponentForm.always(new Message.Nudge())),
          StoredType.<Message>of("room", Message.Room.class)
              .byComponentSince("0.1.0", ComponentForm.always(new Message.Room())),
          StoredType.of("restart", Message.Restart.class),
          StoredType.of("stop-requested", Message.StopRequested.class),
          StoredType.of("end-run", Message.EndRun.class),
          StoredType.of("child-accepted", Message.ChildAccepted.class),
          StoredType.of("child-refused", Message.ChildRefused.class),
          StoredType.<Message>of("child-ended", Message.ChildEnded.class)
              .byComponentSince(
                  "0.1.0",
                  ComponentForm.of(MessageForms::writeChildEnded, MessageForms::readChildEnded)),
          StoredType.<Message>of("forget-iteration", Message.ForgetIteration.class)
              .byComponentSince("0.1.0", ComponentForm.always(new Message.ForgetIteration())));

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
