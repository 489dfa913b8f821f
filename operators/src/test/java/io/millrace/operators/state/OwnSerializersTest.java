package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.UnreadableDocument;
import io.millrace.protocol.RunStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OwnSerializersTest {
  private final OwnSerializer<StoredDocument> documents = new StoredDocumentSerializer();

  @Test
  void shouldBringEnvelopesBackAsTheyWere() throws IOException {
    for (Envelope envelope :
        List.of(Samples.full(Envelope.class), Samples.sparse(Envelope.class))) {
      Header read = again(new HeaderSerializer(), Header.of(envelope));
      assertThat(read.envelope()).isEqualTo(envelope);
      assertThat(read.near()).isEmpty();
      assertThat(read.far()).isFalse();
    }
  }

  @Test
  void shouldBringDocumentsBackWithTheHeaderEvenIfNobodyCanReadThem() throws IOException {
    // given
    byte[] broken = {1, 2, 'n', 'o', 1, 0};
    Document readable = new Document.DefinitionRecord("{}");
    Header header =
        new Header(
            Samples.full(Envelope.class),
            Map.of(
                "definition", StoredDocument.of(readable), "run:1", StoredDocument.ofBytes(broken)),
            true);

    // when
    Header read = again(new HeaderSerializer(), header);

    // then
    assertThat(read.envelope()).isEqualTo(header.envelope());
    assertThat(read.near()).containsOnlyKeys("definition", "run:1");
    assertThat(read.near().get("definition").document()).isEqualTo(readable);
    assertThat(read.near().get("run:1").bytes()).isEqualTo(broken);
    assertThat(read.far()).isTrue();
    assertThat(read.nearBytes()).isEqualTo(header.nearBytes());
  }

  @Test
  void shouldReadEnvelopesFromBeforeTheyKnewWhatIsAboveThem() throws IOException {
    DataOutputSerializer out = writtenBefore(1);

    assertAllFar(readAll(out), readBefore(null));
  }

  @Test
  void shouldReadEnvelopesFromBeforeTheyHeldTimers() throws IOException {
    DataOutputSerializer out = writtenBefore(2);
    out.writeBoolean(true);
    OwnSerializer.writeText("up/1", out);
    out.writeLong(2);
    OwnSerializer.writeText("call", out);
    out.writeLong(4);

    assertAllFar(readAll(out), readBefore(new Envelope.Above("up/1", 2, "call", 4)));
  }

  @Test
  void shouldReadEnvelopesFromBeforeDocumentsWereWithThem() throws IOException {
    DataOutputSerializer out = writtenBefore(3);
    out.writeBoolean(false);
    out.writeBoolean(true);
    out.writeInt(1);
    OwnSerializer.writeText("deadline", out);
    out.writeLong(2_000);

    assertAllFar(
        readAll(out),
        readBefore(null)
            .withTimers(new Document.Timers(new TreeMap<>(Map.of("deadline", 2_000L)))));
  }

  /** What all framings have in common. */
  private static DataOutputSerializer writtenBefore(int framing) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeByte(framing);
    OwnSerializer.writeText("INSTANCE", out);
    OwnSerializer.writeText("etl", out);
    for (long number : new long[] {5, 1_000, 2_000, 3}) {
      out.writeLong(number);
    }
    OwnSerializer.writeText("uuid", out);
    out.writeBoolean(true);
    out.writeInt(1);
    OwnSerializer.writeText("etl/7:3/a@1#00", out);
    OwnSerializer.writeNullableText("a bug", out);
    return out;
  }

  private static Header readAll(DataOutputSerializer written) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(written.getCopyOfBuffer());
    Header read = new HeaderSerializer().deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  /** Documents were beside the header before they could be in it. */
  private static void assertAllFar(Header read, Envelope envelope) {
    assertThat(read.envelope()).isEqualTo(envelope);
    assertThat(read.near()).isEmpty();
    assertThat(read.far()).isTrue();
  }

  private static Envelope readBefore(Envelope.@Nullable Above above) {
    return new Envelope(
        MachineAddress.Kind.INSTANCE,
        "etl",
        5,
        1_000,
        2_000,
        3,
        "uuid",
        true,
        List.of("etl/7:3/a@1#00"),
        "a bug",
        above,
        null);
  }

  @Test
  void shouldWriteHeadersInTheirFourthFraming() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);

    new HeaderSerializer().serialize(Header.of(Samples.full(Envelope.class)), out);

    assertThat(out.getCopyOfBuffer()[0]).isEqualTo((byte) 4);
    assertThat(Samples.full(Envelope.class).timers()).isNotNull();
    assertThat(Samples.sparse(Envelope.class).timers()).isNull();
    assertThat(Samples.full(Envelope.class).above()).isNotNull();
    assertThat(Samples.sparse(Envelope.class).above()).isNull();
  }

  @Test
  void shouldBringCountsBackAsTheyWere() throws IOException {
    assertThat(again(new TallySerializer(), new Tally(3, -4))).isEqualTo(new Tally(3, -4));
    assertThat(again(new EpochSerializer(), new Epoch(3, "job"))).isEqualTo(new Epoch(3, "job"));
  }

  @Test
  void shouldBringDeliveriesBackAsTheyWere() throws IOException {
    Message message = new Message.RunEnded(7, 1, RunStatus.FAILED);
    Delivery.Origin origin = new Delivery.Origin("triggers", 3, 1L << 40);

    Delivery inside = again(new DeliverySerializer(), Delivery.toKey("w:etl", message));
    Delivery outside =
        again(
            new DeliverySerializer(),
            Delivery.from(origin, MachineAddress.workflow("ä".repeat(70_000)), message));

    assertThat(inside.target()).isEqualTo("w:etl");
    assertThat(inside.origin()).isNull();
    assertThat(inside.message()).isEqualTo(message);
    assertThat(outside.target()).hasSize(70_002);
    assertThat(outside.origin()).isEqualTo(origin);
  }

  @Test
  void shouldBringOutboxRecordsBackAsTheyWere() throws IOException {
    Outbox task = again(new OutboxSerializer(), Outbox.task("Spark", "etl", new byte[] {1, 2}));
    Outbox reply = again(new OutboxSerializer(), Outbox.reply(0, "id", new byte[0]));

    assertThat(task)
        .usingRecursiveComparison()
        .isEqualTo(new Outbox(Outbox.Destination.TASKS, "spark", "etl", null, new byte[] {1, 2}));
    assertThat(reply.partition()).isZero();
  }

  @Test
  void shouldCarryADocumentItCannotRead() throws IOException {
    // given
    byte[] broken = {1, 2, 'n', 'o', 1, 0};

    // when
    StoredDocument read = again(documents, StoredDocument.ofBytes(broken));

    // then
    assertThat(read.bytes()).isEqualTo(broken);
    assertThatThrownBy(read::document).isInstanceOf(UnreadableDocument.class);
  }

  @Test
  void shouldRefuseAFramingOfALaterRelease() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    documents.serialize(StoredDocument.of(new Document.DefinitionRecord("{}")), out);
    byte[] later = out.getCopyOfBuffer();
    later[0] = 2;

    assertThatThrownBy(() -> documents.deserialize(new DataInputDeserializer(later)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Expected a document of version 1 to 1, but it is of version 2; a later release wrote it, or it is something else.");
  }

  @Test
  void shouldBeFoundAgainByTheStableNameInASavepoint() throws IOException {
    for (OwnSerializer<?> serializer :
        List.of(
            documents,
            new HeaderSerializer(),
            new DeliverySerializer(),
            new OutboxSerializer(),
            new EpochSerializer(),
            new TallySerializer())) {
      TypeSerializerSnapshot<?> snapshot = stored(serializer.snapshotConfiguration());

      assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
      assertCompatible(serializer, snapshot);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> void assertCompatible(
      TypeSerializer<T> serializer, TypeSerializerSnapshot<?> old) {
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility((TypeSerializerSnapshot<T>) old)
                .isCompatibleAsIs())
        .isTrue();
  }

  @Test
  void shouldRefuseASavepointWithTypesOfALaterRelease() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF("document");
    out.writeInt(1);
    out.writeInt(1);
    out.writeUTF("step");
    out.writeInt(3);

    assertThatThrownBy(
            () ->
                new OwnSerializerSnapshot<>()
                    .readSnapshot(
                        1,
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Expected a savepoint with step of version 2 at most");
  }

  @Test
  void shouldNeverRenameWhatFlinkWritesIntoSavepoints() {
    assertThat(OwnSerializerSnapshot.class.getName())
        .isEqualTo("io.millrace.operators.state.OwnSerializerSnapshot");
  }

  private static TypeSerializerSnapshot<?> stored(TypeSerializerSnapshot<?> snapshot)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(out.getCopyOfBuffer()),
        OwnSerializersTest.class.getClassLoader());
  }

  private static <T> T again(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataOutputSerializer copied = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
    assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
