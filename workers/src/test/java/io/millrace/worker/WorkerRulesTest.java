package io.millrace.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WorkerRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace.worker");

  @Test
  void shouldKeepTheExamplesAndTheirLibrariesOutOfTheLibrary() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.worker")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.worker.example..", "picocli..", "java.sql..")
        .check(CLASSES);
  }
}
