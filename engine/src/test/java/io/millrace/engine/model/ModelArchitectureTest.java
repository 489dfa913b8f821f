package io.millrace.engine.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** A model that asked the engine what to do would agree with it always. */
final class ModelArchitectureTest {
  private static final ArchRule KNOWS_NO_ENGINE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "io.millrace.engine.model",
              "io.millrace.definition",
              "io.millrace.evaluation",
              "io.millrace.expression..",
              "io.millrace.param",
              "io.millrace.protocol",
              "com.fasterxml.jackson..",
              "com.tngtech.archunit..",
              "org.assertj..",
              "org.junit..",
              "org.jspecify..");

  @Test
  void shouldKnowNothingOfTheEngine() {
    JavaClasses model = new ClassFileImporter().importPackages("io.millrace.engine.model");

    assertThat(model.contain(Model.class)).isTrue();
    KNOWS_NO_ENGINE.check(model);
  }

  @Test
  void shouldBeAbleToFail() {
    JavaClasses engine = new ClassFileImporter().importPackages("io.millrace.engine.step");

    assertThat(engine).isNotEmpty();
    assertThat(KNOWS_NO_ENGINE.evaluate(engine).hasViolation()).isTrue();
  }
}
