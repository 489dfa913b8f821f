package io.millrace.operators;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What the operators may see of Flink, Kafka and each other. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace.operators");

  private static final ArchRule ONLY_STATE_TOUCHES_SERIALIZERS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.millrace.operators.state", "io.millrace.operators.loop")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink.api.common.typeutils..", "com.fasterxml.jackson..");

  @Test
  void shouldTouchSerializersInTheStatePackageOnly() {
    ONLY_STATE_TOUCHES_SERIALIZERS.check(CLASSES);
  }

  @Test
  void shouldKnowNoJacksonInTheLoop() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.operators.loop")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson..", "io.millrace.engine..")
        .check(CLASSES);
  }

  @Test
  void shouldSeeNoKafka() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..")
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.millrace.operators.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldBeAbleToFail() {
    ArchRule broken =
        noClasses()
            .that()
            .resideInAPackage("io.millrace.operators.state")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink.api.common.typeutils..");

    assertThat(broken.evaluate(CLASSES).hasViolation()).isTrue();
  }
}
