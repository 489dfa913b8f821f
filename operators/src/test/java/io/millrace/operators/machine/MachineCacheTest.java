package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.state.Header;
import io.millrace.operators.state.StoredDocument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MachineCacheTest {
  private static final int OVERHEAD = 256;
  private static final String KEY = "loop:a";

  private static StoredDocument bytes(int size) {
    return StoredDocument.ofBytes(new byte[size - OVERHEAD - KEY.length()]);
  }

  @Test
  void shouldKeepAsManyBytesAsAllowedAndLoseWhoWasIdleLongestWithOneMore() {
    MachineCache cache = new MachineCache(3_000);
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
    MachineCache cache = new MachineCache(1_000);
    cache.put("a", KEY, bytes(1_001));
    assertThat(cache.get("a", KEY)).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void shouldKeepTheDocumentThatWasWrittenLast() {
    MachineCache cache = new MachineCache();
    StoredDocument last = bytes(600);
    cache.put("a", KEY, bytes(500));
    cache.put("a", KEY, last);
    assertThat(cache.get("a", KEY)).containsSame(last);
    assertThat(cache.bytes()).isEqualTo(600);
  }

  @Test
  void shouldKeepNothingOfWhatIsGone() {
    MachineCache cache = new MachineCache();
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

  @Test
  void shouldCountAHeaderOnceWithItsOpenTasksAndDocuments() {
    MachineCache cache = new MachineCache();
    Header last =
        new Header(
            Envelopes.ofInstance().withOpenTasks(List.of("etl/1/1/a/1")),
            Map.of("run:1", StoredDocument.ofBytes(new byte[100])),
            false);
    cache.putHeader("a", Header.of(Envelopes.ofInstance()));
    cache.putHeader("a", last);
    assertThat(cache.header("a")).contains(last);
    assertThat(cache.header("b")).isEmpty();
    assertThat(cache.bytes()).isEqualTo(512 + 128 + OVERHEAD + 100);
  }

  @Test
  void shouldForgetTheHeaderWithItsMachine() {
    MachineCache cache = new MachineCache(1_000);
    Header header = Header.of(Envelopes.ofInstance());
    cache.putHeader("a", header);
    cache.put("a", KEY, bytes(300));

    // when: there is no room for both
    cache.putHeader("b", header);

    // then
    assertThat(cache.header("a")).isEmpty();
    assertThat(cache.get("a", KEY)).isEmpty();
    assertThat(cache.header("b")).isPresent();
    cache.forget("b");
    assertThat(cache.header("b")).isEmpty();
    assertThat(cache.bytes()).isZero();
  }
}
