package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.operators.state.Header;
import io.millrace.operators.state.StoredDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HeaderDraftTest {
  private static final Envelope ENVELOPE = Envelopes.ofInstance();

  private static final int EMPTY = StoredDocument.of(new Document.DefinitionRecord("")).size();

  /** A document of that size as it is stored; its text is a few bytes shorter. */
  private static StoredDocument bytes(int size) {
    return IntStream.iterate(size, length -> length >= 0, length -> length - 1)
        .mapToObj(length -> StoredDocument.of(new Document.DefinitionRecord("x".repeat(length))))
        .filter(document -> document.size() == size)
        .findFirst()
        .orElseThrow();
  }

  private static HeaderDraft created() {
    HeaderDraft draft = new HeaderDraft(Optional.empty());
    draft.envelope(ENVELOPE);
    return draft;
  }

  private static HeaderDraft again(HeaderDraft draft) {
    return new HeaderDraft(draft.toWrite());
  }

  @Test
  void shouldKeepADocumentNearUpToItsLimit() {
    HeaderDraft draft = created();
    assertThat(draft.put("a", bytes(Header.MAX_NEAR_DOCUMENT_BYTES))).isTrue();
    assertThat(draft.far()).isFalse();

    assertThat(draft.put("b", bytes(Header.MAX_NEAR_DOCUMENT_BYTES + 1))).isFalse();
    assertThat(draft.far()).isTrue();
    assertThat(draft.toWrite()).get().extracting(Header::near, MAP).containsOnlyKeys("a");
  }

  @Test
  void shouldKeepAsManyBytesNearAsAllowedAndNotOneMore() {
    HeaderDraft full = created();
    for (String key : List.of("a", "b", "c", "d")) {
      assertThat(full.put(key, bytes(Header.MAX_NEAR_BYTES / 4))).isTrue();
    }
    assertThat(full.toWrite()).get().extracting(Header::nearBytes).isEqualTo(2_048);
    assertThat(again(full).put("e", bytes(EMPTY))).isFalse();

    // when: one makes room
    HeaderDraft draft = again(full);
    draft.put("d", bytes(Header.MAX_NEAR_BYTES / 4 - EMPTY));

    // then
    assertThat(again(draft).put("e", bytes(EMPTY + 1))).isFalse();
    assertThat(again(draft).put("e", bytes(EMPTY))).isTrue();
  }

  @Test
  void shouldKeepApartWhatThereCanBeAnyNumberOf() {
    HeaderDraft draft = created();
    StoredDocument request = StoredDocument.of(new Document.RequestRecord(7, "uuid", 1));
    assertThat(draft.put("request:r1", request)).isFalse();
    assertThat(draft.far()).isTrue();
  }

  @Test
  void shouldMoveADocumentAwayThatHasBecomeTooLarge() {
    HeaderDraft draft = created();
    draft.put("a", bytes(EMPTY));
    HeaderDraft later = again(draft);
    assertThat(later.put("a", bytes(Header.MAX_NEAR_DOCUMENT_BYTES + 1))).isFalse();
    assertThat(later.toWrite()).get().extracting(Header::near, MAP).isEmpty();
    assertThat(later.toWrite()).get().extracting(Header::far).isEqualTo(true);
  }

  @Test
  void shouldSayWhatHasToGoBesideTheHeader() {
    HeaderDraft draft = created();
    draft.put("a", bytes(EMPTY));
    assertThat(draft.remove("a")).isFalse();
    assertThat(draft.toWrite()).get().extracting(Header::near, MAP).isEmpty();

    // then: what is beside the header may be older than what was near
    HeaderDraft far = new HeaderDraft(Optional.of(new Header(ENVELOPE, Map.of(), true)));
    assertThat(far.put("a", bytes(EMPTY))).isTrue();
    assertThat(far.remove("a")).isTrue();
  }

  @Test
  void shouldLeaveAHeaderAloneThatIsAsItWas() {
    HeaderDraft draft = new HeaderDraft(Optional.of(new Header(ENVELOPE, Map.of(), true)));
    assertThat(draft.put("a", bytes(Header.MAX_NEAR_DOCUMENT_BYTES + 1))).isFalse();
    assertThat(draft.remove("b")).isTrue();
    assertThat(draft.toWrite()).isEmpty();
  }

  @Test
  void shouldKeepNothingNearOfWhatHasNoEnvelope() {
    HeaderDraft draft = new HeaderDraft(Optional.empty());
    assertThat(draft.put("a", bytes(EMPTY))).isFalse();
    assertThat(draft.toWrite()).isEmpty();
  }
}
