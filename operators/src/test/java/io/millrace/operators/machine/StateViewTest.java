package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.operators.state.StoredDocument;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.junit.jupiter.api.Test;

final class StateViewTest {
  private final BrokenDisk disk = new BrokenDisk();

  @Test
  void shouldNotTakeAFailingBackendForABugOfTheMachine() throws Exception {
    // given
    StateView view = view(new DocumentCache());
    disk.broken = true;

    // when: somebody on the way catches it
    assertThatThrownBy(() -> view.document("run:1")).isInstanceOf(IllegalStateException.class);

    // then
    assertThatThrownBy(view::requireSound).isInstanceOf(IOException.class).hasMessage("disk gone");
  }

  @Test
  void shouldReadADocumentOnceAndOnlyWhenAsked() throws Exception {
    StateView view = view(new DocumentCache());
    assertThat(disk.reads).isZero();

    assertThat(view.document("run:1")).contains(new Document.DefinitionRecord("{}"));
    assertThat(view.document("run:1")).isPresent();
    assertThat(view.envelope()).isEmpty();

    assertThat(disk.reads).isEqualTo(1);
    view.requireSound();
  }

  @Test
  void shouldNotReadWhatAnotherTurnOfTheMachineHasRead() {
    DocumentCache cache = new DocumentCache();
    assertThat(view(cache).document("run:1")).isPresent();
    assertThat(view(cache).document("run:1")).contains(new Document.DefinitionRecord("{}"));
    assertThat(disk.reads).isEqualTo(1);
  }

  private StateView view(DocumentCache cache) {
    return new StateView(new MachineState(new NoHeader(), disk), cache, "i:flow/1");
  }

  /** A header that was never written. */
  private static final class NoHeader implements ValueState<Envelope> {
    @Override
    public Envelope value() {
      return null;
    }

    @Override
    public void update(Envelope value) {
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
