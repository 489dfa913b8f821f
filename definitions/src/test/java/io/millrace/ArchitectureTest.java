package io.millrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What definitions may see, and what may see what in them. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace");

  @Test
  void shouldSeeNothingButTheParsersBesideTheJdk() {
    classes()
        .that()
        .resideOutsideOfPackage("io.millrace.expression..")
        .and()
        .doNotHaveFullyQualifiedName("io.millrace.schedule.CronExpression")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "io.millrace..",
            "com.fasterxml.jackson..",
            "org.snakeyaml.engine..",
            "org.jspecify.annotations")
        .check(CLASSES);
  }

  @Test
  void shouldGiveExpressionsNoWayToTheMachine() {
    classes()
        .that()
        .resideInAPackage("io.millrace.expression..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang",
            "java.lang.invoke",
            "java.math",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.time",
            "java.util..",
            "io.millrace.duration",
            "io.millrace.expression..",
            "com.fasterxml.jackson.core.io",
            "com.google.re2j",
            "org.antlr.v4.runtime..",
            "org.joda.time..",
            "org.jspecify.annotations")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.millrace.expression..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.lang\\.(System|Runtime|Process.*|Thread.*|Class[A-Z].*)|.*Random|java\\.util\\.Timer")
        .check(CLASSES);
  }

  @Test
  void shouldKnowTheGrammarInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace.expression.syntax..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.antlr..")
        .check(CLASSES);
  }

  @Test
  void shouldReadAndWriteDefinitionsWithStreamsOnly() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.definition")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.fasterxml.jackson.databind..",
            "com.fasterxml.jackson.annotation..",
            "com.fasterxml.jackson.dataformat..")
        .check(CLASSES);
  }

  @Test
  void shouldKnowTheParserInOneClassAndTheGeneratorInAnother() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.definition")
        .and()
        // A switch over Jackson's enum has a class of its own.
        .haveNameNotMatching(".*\\.(SourceParser(\\$[0-9]+)?|TreePrinter)")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void shouldKnowTheYamlParserInOneClass() {
    noClasses()
        .that()
        .haveNameNotMatching("io\\.millrace\\.definition\\.YamlParser(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .check(CLASSES);
  }

  @Test
  void shouldKnowTheCronLibraryInOneClass() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.millrace.schedule.CronExpression")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.cronutils..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("io.millrace.schedule")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.time..",
            "java.util..",
            "io.millrace.schedule",
            "com.cronutils..",
            "org.jspecify.annotations")
        .check(CLASSES);
  }

  @Test
  void shouldKnowNoJsonInParamsAndAddresses() {
    noClasses()
        .that()
        .resideInAnyPackage("io.millrace.param", "io.millrace.address")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.millrace.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldBeAbleToFail() {
    ArchRule broken =
        noClasses()
            .that()
            .resideInAPackage("io.millrace.definition")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson.core..");

    assertThat(broken.evaluate(CLASSES).hasViolation()).isTrue();
  }
}
