package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QualifiedNameTest {
  @Test
  void shouldReadANameInAllWays() {
    assertThat(QualifiedName.splits("a___b"))
        .containsExactly(new QualifiedName("a", "_b"), new QualifiedName("a_", "b"));
    assertThat(QualifiedName.splits("job.3__x")).containsExactly(new QualifiedName("job.3", "x"));
  }

  @Test
  void shouldNeedAnOwnerAndAParam() {
    assertThat(QualifiedName.splits("a_b")).isEmpty();
    assertThat(QualifiedName.splits("__b")).isEmpty();
    assertThat(QualifiedName.splits("a__")).isEmpty();
  }
}
