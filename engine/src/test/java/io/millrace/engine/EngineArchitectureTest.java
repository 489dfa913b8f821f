package io.millrace.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** A decision is a function of the view and the command: nothing else may be seen from here. */
final class EngineArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace.engine");

  @Test
  void shouldSeeOnlyTheJdkAndDefinitions() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.math..",
            "java.nio.charset..",
            "java.security..",
            "java.time..",
            "java.util..",
            "io.millrace..",
            "org.jspecify.annotations")
        .check(CLASSES);
  }

  @Test
  void shouldStartNoThreadsAndUseNoLocks() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(CLASSES);
  }

  @Test
  void shouldReadNoClock() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .dependOnClassesThat(belongToAnyOf(Clock.class))
        .check(CLASSES);
  }

  @Test
  void shouldThrowNoDice() {
    noClasses()
        .should()
        .dependOnClassesThat(
            belongToAnyOf(Random.class, SecureRandom.class, ThreadLocalRandom.class))
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.millrace.engine.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldBeAbleToFail() {
    ArchRule broken =
        noClasses().should().callMethod(UUID.class, "nameUUIDFromBytes", byte[].class);

    assertThat(broken.evaluate(CLASSES).hasViolation()).isTrue();
  }
}
