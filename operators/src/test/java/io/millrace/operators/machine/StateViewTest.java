package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.operators.state.Header;
import io.millrace.operators.state.StoredDocument;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StateViewTest {
  private static final Envelope ENVELOPE = Envelopes.ofInstance();
  private static final StoredDocument NEAR =
      StoredDocument.of(new Document.DefinitionRecord("{\"near\":true}"));

  private final BrokenDisk disk = new BrokenDisk();
  private final StoredHeader header = new StoredHeader();

  @Test
  void shouldNotTakeAFailingBackendForABugOfTheMachine() throws Exception {
    // given
    StateView view = view(new MachineCache());
    disk.broken = true;

    // when: somebody on the way catches it
    assertThatThrownBy(() -> view.document("run:1")).isInstanceOf(IllegalStateException.class);

    // then
    assertThatThrownBy(view::requireSound).isInstanceOf(IOException.class).hasMessage("disk gone");
  }

  @Test
  void shouldReadAFarDocumentOnceAndOnlyWhenAsked() throws Exception {
    StateView view = view(new MachineCache());
    assertThat(view.envelope()).contains(ENVELOPE);
    assertThat(disk.reads).isZero();

    assertThat(view.document("run:1")).contains(new Document.DefinitionRecord("{}"));
    assertThat(view.document("run:1")).isPresent();

    assertThat(disk.reads).isEqualTo(1);
    assertThat(header.reads).isEqualTo(1);
    view.requireSound();
  }

  @Test
  void shouldTakeANearDocumentForTheDocumentAndLookNowhereElse() {
    header.value = new Header(ENVELOPE, Map.of("run:1", NEAR), true);
    assertThat(view(new MachineCache()).document("run:1")).contains(NEAR.document());
    assertThat(disk.reads).isZero();
  }

  @Test
  void shouldNotLookForFarDocumentsWhereThereAreNone() {
    header.value = new Header(ENVELOPE, Map.of("run:1", NEAR), false);
    assertThat(view(new MachineCache()).document("run:2")).isEmpty();
    assertThat(disk.reads).isZero();
  }

  @Test
  void shouldFindNothingOfAMachineThatDoesNotExist() {
    header.value = null;
    StateView view = view(new MachineCache());
    assertThat(view.envelope()).isEmpty();
    assertThat(view.document("run:1")).isEmpty();
    assertThat(header.reads).isEqualTo(1);
    assertThat(disk.reads).isZero();
  }

  @Test
  void shouldNotReadWhatAnotherTurnOfTheMachineHasRead() {
    MachineCache cache = new MachineCache();
    assertThat(view(cache).document("run:1")).isPresent();
    assertThat(view(cache).document("run:1")).contains(new Document.DefinitionRecord("{}"));
    assertThat(disk.reads).isEqualTo(1);
    assertThat(header.reads).isEqualTo(1);
  }

  private StateView view(MachineCache cache) {
    return new StateView(new MachineState(header, disk), cache, "i:flow/1");
  }

  /** A header that counts who reads it; null: never written. */
  private static final class StoredHeader implements ValueState<Header> {
    @Nullable Header value = new Header(ENVELOPE, Map.of(), true);
    int reads;

    @Override
    public @Nullable Header value() {
      reads++;
      return value;
    }

    @Override
    public void update(Header next) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
      throw new UnsupportedOperationException();
    }
  }

  /** Documents on a disk that can break. */
  private static final class BrokenDisk implements MapState<String, StoredDocument> {
    boolean broken;
    int reads;

    @Override
    public StoredDocument get(String key) throws IOException {
      if (broken) {
        throw new IOException("disk gone");
      }
      reads++;
      return StoredDocument.of(new Document.DefinitionRecord("{}"));
    }

    @Override
    public void put(String key, StoredDocument value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void putAll(Map<String, StoredDocument> map) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean contains(String key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<Map.Entry<String, StoredDocument>> entries() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<String> keys() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<StoredDocument> values() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterator<Map.Entry<String, StoredDocument>> iterator() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isEmpty() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
      throw new UnsupportedOperationException();
    }
  }
}
