package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.state.StoredDocument;
import org.junit.jupiter.api.Test;

final class DocumentCacheTest {
  private static final int OVERHEAD = 256;
  private static final String KEY = "loop:a";

  private static StoredDocument bytes(int size) {
    return StoredDocument.ofBytes(new byte[size - OVERHEAD - KEY.length()]);
  }

  @Test
  void shouldKeepAsManyBytesAsAllowedAndLoseWhoWasIdleLongestWithOneMore() {
    DocumentCache cache = new DocumentCache(3_000);
    cache.put("a", KEY, bytes(1_000));
    cache.put("b", KEY, bytes(1_000));
    cache.put("c", KEY, bytes(1_000));
    assertThat(cache.get("a", KEY)).isPresent();

    // when: a was used since, so b is the one
    cache.put("c", KEY, bytes(1_001));

    // then
    assertThat(cache.get("b", KEY)).isEmpty();
    assertThat(cache.get("a", KEY)).isPresent();
    assertThat(cache.get("c", KEY)).isPresent();
    assertThat(cache.bytes()).isEqualTo(2_001);
  }

  @Test
  void shouldNotKeepADocumentThatIsTooLargeAlone() {
    DocumentCache cache = new DocumentCache(1_000);
    cache.put("a", KEY, bytes(1_001));
    assertThat(cache.get("a", KEY)).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void shouldKeepTheDocumentThatWasWrittenLast() {
    DocumentCache cache = new DocumentCache();
    StoredDocument last = bytes(600);
    cache.put("a", KEY, bytes(500));
    cache.put("a", KEY, last);
    assertThat(cache.get("a", KEY)).containsSame(last);
    assertThat(cache.bytes()).isEqualTo(600);
  }

  @Test
  void shouldKeepNothingOfWhatIsGone() {
    DocumentCache cache = new DocumentCache();
    cache.put("a", KEY, bytes(500));
    cache.put("a", "other", bytes(500));
    cache.put("b", KEY, bytes(500));
    cache.remove("a", KEY);
    cache.forget("b");
    assertThat(cache.get("a", KEY)).isEmpty();
    assertThat(cache.get("a", "other")).isPresent();
    assertThat(cache.get("b", KEY)).isEmpty();
    cache.remove("a", "other");
    assertThat(cache.bytes()).isZero();
  }
}
