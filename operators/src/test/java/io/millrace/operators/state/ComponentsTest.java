package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What documents that are written by component consist of. */
final class ComponentsTest {

  private static <T> T again(
      T value, Components.Writer<T> writer, Components.Reader<T> reader, int bytes)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    writer.write(value, out);
    assertThat(out.length()).as("bytes of " + value).isEqualTo(bytes);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T read = reader.read(in);
    assertThat(in.available()).isZero();
    return read;
  }

  @Test
  void shouldWriteNumbersInAsFewBytesAsTheyNeed() throws IOException {
    Map<Long, Integer> bytes = new LinkedHashMap<>();
    bytes.put(0L, 1);
    bytes.put(-1L, 1);
    bytes.put(63L, 1);
    bytes.put(-64L, 1);
    bytes.put(64L, 2);
    bytes.put(1_767_225_600_000L, 6);
    bytes.put(Long.MAX_VALUE, 10);
    bytes.put(Long.MIN_VALUE, 10);
    for (Map.Entry<Long, Integer> number : bytes.entrySet()) {
      assertThat(
              again(
                  number.getKey(),
                  Components::writeNumber,
                  Components::readNumber,
                  number.getValue()))
          .isEqualTo(number.getKey());
    }
  }

  @Test
  void shouldRefuseANumberThatDoesNotEnd() {
    byte[] endless = new byte[10];
    Arrays.fill(endless, (byte) 0x80);

    assertThatThrownBy(() -> Components.readNumber(new DataInputDeserializer(endless)))
        .isInstanceOf(IOException.class)
        .hasMessage("a number does not end.");
  }

  @Test
  void shouldRefuseASizeThatCannotBeBeforeItTakesTheMemory() throws IOException {
    for (long size : new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, 2, -1}) {
      DataOutputSerializer out = new DataOutputSerializer(16);
      Components.writeNumber(size, out);
      out.writeByte(0);
      byte[] broken = out.getCopyOfBuffer();
      String message = "there are 1 bytes left where " + size + " should be.";

      assertThatThrownBy(() -> Components.readText(new DataInputDeserializer(broken)))
          .isInstanceOf(IOException.class)
          .hasMessage(message);
      assertThatThrownBy(
              () -> Components.readList(Components::readText, new DataInputDeserializer(broken)))
          .hasMessage(message);
      assertThatThrownBy(() -> Components.readParams(new DataInputDeserializer(broken)))
          .hasMessage(message);
    }
  }

  @Test
  void shouldBringParamsOfEveryTypeBack() throws IOException {
    Map<String, ParamValue> params = new LinkedHashMap<>();
    params.put("text", new ParamValue.Text("ä\uD83D\uDE00"));
    params.put("long", new ParamValue.Int(-7));
    params.put("double", new ParamValue.Decimal(new BigDecimal("1.50")));
    params.put("boolean", new ParamValue.Bool(true));
    params.put("longs", new ParamValue.LongArray(List.of(1L, 2L)));
    params.put("texts", new ParamValue.StringMap(Map.of("a", "b")));
    DataOutputSerializer out = new DataOutputSerializer(16);

    Components.writeParams(params, out);

    assertThat(Components.readParams(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(params)
        .satisfies(read -> assertThat(read.keySet()).containsExactlyElementsOf(params.keySet()));
  }

  @Test
  void shouldRefuseConstantsAndParamsThatALaterReleaseKnows() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    Components.writeText("ENDED_SOMEHOW", out);
    byte[] constant = out.getCopyOfBuffer();
    DataOutputSerializer param = new DataOutputSerializer(16);
    Components.writeNumber(1, param);
    Components.writeText("p", param);
    param.writeByte(99);
    byte[] later = param.getCopyOfBuffer();

    assertThatThrownBy(
            () -> Components.readName(RunStatus.class, new DataInputDeserializer(constant)))
        .hasMessageContaining("ENDED_SOMEHOW");
    assertThatThrownBy(() -> Components.readParams(new DataInputDeserializer(later)))
        .isInstanceOf(IOException.class)
        .hasMessage("a param is of type 99.");
  }
}
