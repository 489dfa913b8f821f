package io.millrace.operators.state;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.millrace.engine.Document;
import io.millrace.engine.Message;
import io.millrace.engine.UnreadableDocument;
import io.millrace.param.ParamValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every document and message is registered, comes back as it was, and keeps its stored form.
 *
 * <p>The golden bytes are one line a type, sample and form: {@code name sample hex}. If a form
 * changes on purpose, append the line that the failing test prints and leave the older ones: each
 * must stay readable for ever.
 */
final class StoredFormTest {

  /** One registered type. */
  private record Case<B>(String file, StoredCodec<B> codec, StoredType<B> type) {
    Map<String, B> samples() {
      return Map.of(
          "full", Samples.full(type.type()),
          "sparse", Samples.sparse(type.type()),
          "distinct", Samples.distinct(type.type()));
    }

    @Override
    public String toString() {
      return file + " " + type.name();
    }
  }

  static Stream<Case<?>> everyType() {
    return Stream.concat(
        StoredTypes.DOCUMENTS.stream().map(t -> new Case<>("documents", StoredCodec.DOCUMENTS, t)),
        StoredTypes.MESSAGES.stream().map(t -> new Case<>("messages", StoredCodec.MESSAGES, t)));
  }

  @Test
  void shouldGiveEveryDocumentAndMessageAName() {
    assertThat(StoredTypes.DOCUMENTS.stream().<Class<?>>map(StoredType::type))
        .containsExactlyInAnyOrderElementsOf(records(Document.class).toList());
    assertThat(StoredTypes.MESSAGES.stream().<Class<?>>map(StoredType::type))
        .containsExactlyInAnyOrderElementsOf(records(Message.class).toList());
  }

  /** All that a sealed family permits, at whatever depth. */
  private static Stream<Class<?>> records(Class<?> family) {
    return family.isSealed()
        ? Arrays.stream(family.getPermittedSubclasses()).flatMap(StoredFormTest::records)
        : Stream.of(family);
  }

  @Test
  void shouldGiveEveryParamValueAName() {
    JsonSubTypes names = StoredTypes.ParamValueNames.class.getAnnotation(JsonSubTypes.class);
    assertThat(Arrays.stream(names.value()).<Class<?>>map(JsonSubTypes.Type::value))
        .containsExactlyInAnyOrder(ParamValue.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("everyType")
  <B> void shouldComeBackAsItWas(Case<B> one) {
    one.samples()
        .forEach(
            (sample, value) ->
                assertThat(one.codec.decode(one.codec.encode(value)))
                    .as("%s %s", one, sample)
                    .isEqualTo(value)
                    .hasSameHashCodeAs(value));
  }

  @ParameterizedTest
  @MethodSource("everyType")
  <B> void shouldKeepItsStoredForm(Case<B> one) {
    Map<String, List<String>> forms = golden(one.file, one.type.name());
    List<String> missing =
        one.samples().entrySet().stream()
            .map(sample -> new String[] {sample.getKey(), hex(one.codec, sample.getValue())})
            .filter(line -> !line[1].equals(latest(forms.get(line[0]))))
            .map(
                line ->
                    "golden/%s.txt: %s %s %s"
                        .formatted(one.file, one.type.name(), line[0], line[1]))
            .sorted()
            .toList();

    assertThat(missing).as("lines to append").isEmpty();
  }

  private static <B> String hex(StoredCodec<B> codec, B value) {
    return HexFormat.of().formatHex(codec.encode(value));
  }

  private static String latest(@Nullable List<String> forms) {
    return forms == null ? "" : forms.get(forms.size() - 1);
  }

  @ParameterizedTest
  @MethodSource("everyType")
  <B> void shouldReadEveryFormItEverHadAndWriteItAgain(Case<B> one) {
    for (List<String> forms : golden(one.file, one.type.name()).values()) {
      for (String hex : forms) {
        B old = one.codec.decode(HexFormat.of().parseHex(hex));
        assertThat(old).isInstanceOf(one.type.type());
        assertThat(one.codec.decode(one.codec.encode(old))).as(hex).isEqualTo(old);
      }
    }
  }

  /** The first form by component says all that the last by name said; later ones begin with it. */
  @ParameterizedTest
  @MethodSource("everyType")
  <B> void shouldLoseNothingOfWhatWasWrittenByName(Case<B> one) {
    golden(one.file, one.type.name())
        .forEach(
            (sample, forms) -> {
              List<String> byName = forms.stream().filter(form -> form.startsWith("01")).toList();
              Optional<String> first =
                  forms.stream().filter(form -> form.startsWith("02")).findFirst();
              if (!byName.isEmpty() && first.isPresent()) {
                B old = one.codec.decode(HexFormat.of().parseHex(latest(byName)));
                assertThat(hex(one.codec, old)).as(sample).startsWith(first.get());
              }
            });
  }

  @ParameterizedTest
  @MethodSource("everyType")
  <B> void shouldTellItsFlagsApart(Case<B> one) {
    for (RecordComponent component : one.type.type().getRecordComponents()) {
      if (component.getType() == boolean.class) {
        B value = Samples.flagged(one.type.type(), component.getName());
        assertThat(one.codec.decode(one.codec.encode(value)))
            .as(component.getName())
            .isEqualTo(value);
      }
    }
  }

  /** A broken document costs its machine one turn, and never the job. */
  @ParameterizedTest
  @MethodSource("everyType")
  <B> void shouldOnlyEverCallBrokenBytesUnreadable(Case<B> one) {
    long seed = 20_261_126;
    Random random = new Random(seed);
    for (B value : one.samples().values()) {
      byte[] whole = one.codec.encode(value);
      for (int i = 0; i < 2_000; i++) {
        byte[] broken = Arrays.copyOf(whole, i < whole.length ? i : whole.length);
        for (int flips = i < whole.length ? 0 : 1 + random.nextInt(3); flips > 0; flips--) {
          broken[random.nextInt(broken.length)] = (byte) random.nextInt();
        }
        try {
          one.codec.decode(broken);
        } catch (UnreadableDocument unreadable) {
          assertThat(unreadable).hasMessageStartingWith("Expected the bytes of a ");
        } catch (Throwable other) {
          throw new AssertionError(
              one + ", seed " + seed + ": " + HexFormat.of().formatHex(broken), other);
        }
      }
    }
  }

  /**
   * A part passes for the whole only where an earlier release ended it. Such a part has lost
   * nothing that it holds: written again, it is the same with what came later after it.
   */
  @ParameterizedTest
  @MethodSource("everyType")
  <B> void shouldNotTakeAPartForTheWhole(Case<B> one) {
    long earlier =
        golden(one.file, one.type.name()).get("full").stream()
                .filter(form -> form.startsWith("02"))
                .count()
            - 1;
    for (B value : one.samples().values()) {
      byte[] whole = one.codec.encode(value);
      List<byte[]> readable =
          IntStream.range(0, whole.length)
              .mapToObj(length -> Arrays.copyOf(whole, length))
              .filter(part -> isReadable(one, part))
              .toList();
      assertThat(readable).as("%s", one).hasSizeLessThanOrEqualTo((int) Math.max(earlier, 0));
      for (byte[] part : readable) {
        assertThat(one.codec.encode(one.codec.decode(part))).as("%s", one).startsWith(part);
      }
    }
  }

  private static <B> boolean isReadable(Case<B> one, byte[] bytes) {
    try {
      one.codec.decode(bytes);
      return true;
    } catch (UnreadableDocument unreadable) {
      return false;
    }
  }

  /** What was inserted or moved would be read as something else, and nobody would notice. */
  @ParameterizedTest
  @MethodSource("everyType")
  <B> void shouldOnlyAppendToWhatIsWrittenByComponent(Case<B> one) {
    golden(one.file, one.type.name()).values().forEach(StoredFormTest::requireAppended);
  }

  @Test
  void shouldNoticeAComponentThatWasInserted() {
    assertThatThrownBy(() -> requireAppended(List.of("020174020102", "02017402010302")))
        .hasMessageContaining("02017402010302");
    requireAppended(List.of("020174020102", "02017402010203", "0201740309"));
  }

  /** Forms of one version, by component, each begin with the one before. */
  private static void requireAppended(List<String> forms) {
    for (int i = 1; i < forms.size(); i++) {
      String before = forms.get(i - 1);
      if (before.startsWith("02") && header(before).equals(header(forms.get(i)))) {
        assertThat(forms.get(i)).startsWith(before);
      }
    }
  }

  /** Format, length of the name, name, version. */
  private static String header(String form) {
    return form.substring(0, 2 * (3 + Integer.parseInt(form.substring(2, 4), 16)));
  }

  /** The forms of one type, oldest first, by sample. */
  private static Map<String, List<String>> golden(String file, String name) {
    try (InputStream in = StoredFormTest.class.getResourceAsStream("/golden/" + file + ".txt")) {
      if (in == null) {
        return Map.of();
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", -1))
          .filter(parts -> parts.length == 3 && parts[0].equals(name))
          .collect(groupingBy(parts -> parts[1], mapping(parts -> parts[2], toList())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
