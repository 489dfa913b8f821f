package io.millrace.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What the parts of the job may see. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace.job");

  @Test
  void shouldDecodeWithoutKafkaAndFlink() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.job.decode")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.apache.flink..")
        .check(CLASSES);
  }

  @Test
  void shouldTouchNoSerializers() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink.api.common.typeutils..", "com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.millrace.job.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldBeAbleToFail() {
    ArchRule broken =
        noClasses()
            .that()
            .resideInAPackage("io.millrace.job.kafka")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    assertThat(broken.evaluate(CLASSES).hasViolation()).isTrue();
  }
}
