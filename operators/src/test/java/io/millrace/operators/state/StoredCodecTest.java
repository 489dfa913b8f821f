package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.UnreadableDocument;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

final class StoredCodecTest {
  /** Stands for documents of three releases. */
  sealed interface Pet {}

  record Cat(String name) implements Pet {}

  record TaggedCat(String name, List<String> tags, Map<String, Long> ages) implements Pet {}

  record RenamedCat(String title) implements Pet {}

  private static final class CatForm implements ComponentForm<Cat> {
    @Override
    public void write(Cat cat, DataOutputSerializer out) throws IOException {
      Components.writeText(cat.name(), out);
    }

    @Override
    public Cat read(int version, DataInputDeserializer in) throws IOException {
      return new Cat(Components.readText(in));
    }
  }

  private static ObjectNode rename(ObjectNode old) {
    old.set("title", old.remove("name"));
    return old;
  }

  private final StoredCodec<Pet> first =
      new StoredCodec<>(Pet.class, List.of(StoredType.of("cat", Cat.class)));

  @Test
  void shouldReadAnOlderFormThroughItsUpgrades() {
    // given
    StoredCodec<Pet> third =
        new StoredCodec<>(
            Pet.class,
            List.of(
                StoredType.<Pet>of("cat", RenamedCat.class)
                    .changedIn("0.2.0", StoredCodecTest::rename)
                    .changedIn("0.3.0", old -> old.put("title", old.get("title").asText() + "!"))));

    // when
    Pet read = third.decode(first.encode(new Cat("Tom")));

    // then
    assertThat(read).isEqualTo(new RenamedCat("Tom!"));
  }

  @Test
  void shouldRefuseAFormOfALaterRelease() {
    StoredCodec<Pet> second =
        new StoredCodec<>(
            Pet.class,
            List.of(
                StoredType.<Pet>of("cat", RenamedCat.class)
                    .changedIn("2", StoredCodecTest::rename)));

    byte[] later = second.encode(new RenamedCat("Tom"));

    assertThatThrownBy(() -> first.decode(later))
        .isInstanceOf(UnreadableDocument.class)
        .hasMessageContaining("version 2 of cat and this release reads up to 1");
  }

  @Test
  void shouldReadWhatWasWrittenByNameBeforeAndByComponentSince() {
    StoredCodec<Pet> since =
        new StoredCodec<>(
            Pet.class,
            List.of(StoredType.<Pet>of("cat", Cat.class).byComponentSince("0.2.0", new CatForm())));

    byte[] later = since.encode(new Cat("Tom"));

    assertThat(since.decode(later)).isEqualTo(new Cat("Tom"));
    assertThat(since.decode(first.encode(new Cat("Tom")))).isEqualTo(new Cat("Tom"));
    assertThatThrownBy(() -> first.decode(later))
        .isInstanceOf(UnreadableDocument.class)
        .hasMessageContaining("version 2 of cat and this release reads up to 1");
    later[2 + "cat".length()] = 1;
    assertThatThrownBy(() -> first.decode(later))
        .isInstanceOf(UnreadableDocument.class)
        .hasMessageContaining("this release writes cat by name alone");
  }

  @Test
  void shouldReadWhatIsAbsentAsEmpty() {
    StoredCodec<Pet> grown =
        new StoredCodec<>(Pet.class, List.of(StoredType.of("cat", TaggedCat.class)));

    assertThat(grown.decode(first.encode(new Cat("Tom"))))
        .isEqualTo(new TaggedCat("Tom", List.of(), Map.of()));
  }

  @Test
  void shouldPassOverUnknownFields() {
    StoredCodec<Pet> grown =
        new StoredCodec<>(Pet.class, List.of(StoredType.of("cat", TaggedCat.class)));

    assertThat(first.decode(grown.encode(new TaggedCat("Tom", List.of("x"), Map.of("y", 1L)))))
        .isEqualTo(new Cat("Tom"));
  }

  @Test
  void shouldSayWhatIsWrongWithBytesItCannotRead() {
    byte[] good = first.encode(new Cat("Tom"));
    byte[] otherFormat = good.clone();
    otherFormat[0] = 9;
    byte[] otherName = good.clone();
    otherName[2] = 'b';

    assertUnreadable(new byte[0], "there are only 0");
    assertUnreadable(new byte[] {1, 100, 0}, "they end within the name");
    assertUnreadable(otherFormat, "their format is 9");
    assertUnreadable(otherName, "this release knows no type 'bat'");
    assertUnreadable(Arrays.copyOf(good, good.length - 2), "Expected the bytes of a Pet");
  }

  private void assertUnreadable(byte[] bytes, String finding) {
    assertThatThrownBy(() -> first.decode(bytes))
        .isInstanceOf(UnreadableDocument.class)
        .hasMessageContaining(finding);
  }
}
