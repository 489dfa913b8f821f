package io.millrace.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the engine may see. Whatever it cannot see cannot make a decision come out differently. */
final class EngineArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace.engine");

  private static final Set<String> CLOCKS_AND_DICE =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.util.UUID.randomUUID");

  private static final ArchRule NO_CLOCK_AND_NO_DICE =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.<JavaMethodCall>describe(
                  "it reads a clock or throws dice", call -> isClockOrDice(call.getTarget())))
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Random|SplittableRandom|Timer|Date)"
                  + "|java\\.security\\.SecureRandom|java\\.util\\.random\\..*");

  private static boolean isClockOrDice(AccessTarget.MethodCallTarget target) {
    String owner = target.getOwner().getName();
    return CLOCKS_AND_DICE.contains(owner + "." + target.getName())
        || (owner.startsWith("java.time.") && target.getName().equals("now"));
  }

  private static final ArchRule NO_THREADS_AND_NO_FILES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.concurrent..",
              "java.nio.file..",
              "java.nio.channels..",
              "java.net..",
              "java.io..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.lang\\.(Thread.*|Process.*|Runtime)");

  @Test
  void shouldSeeNothingButDefinitionsBesideTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "io.millrace.engine..",
            "io.millrace.definition",
            "io.millrace.param",
            "io.millrace.protocol",
            "io.millrace.address",
            "io.millrace.duration",
            "io.millrace.evaluation",
            "io.millrace.expression..",
            "io.millrace.label",
            "org.jspecify.annotations")
        .check(CLASSES);
  }

  @Test
  void shouldKnowNoClockAndNoDice() {
    NO_CLOCK_AND_NO_DICE.check(CLASSES);
  }

  @Test
  void shouldKnowNoThreadsAndNoFiles() {
    NO_THREADS_AND_NO_FILES.check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.millrace.engine.(*)..").should().beFreeOfCycles().check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.millrace.engine")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.millrace.engine.run..",
            "io.millrace.engine.step..",
            "io.millrace.engine.workflow..",
            "io.millrace.engine.wiring..",
            "io.millrace.engine.simulation..")
        .check(CLASSES);
  }

  @Test
  void shouldKeepStepTypesIgnorantOfRuns() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.engine.step..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.engine.run..", "io.millrace.engine.workflow..")
        .check(CLASSES);
  }

  @Test
  void shouldHostMachinesInMemoryWithoutKnowingThem() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.engine.simulation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.millrace.engine.run..",
            "io.millrace.engine.step..",
            "io.millrace.engine.workflow..",
            "io.millrace.engine.wiring..")
        .check(CLASSES);
  }

  // ---- a rule that cannot fail proves nothing

  @Test
  void shouldBeAbleToFail() {
    assertThat(fails(NO_CLOCK_AND_NO_DICE, ReadsTheClock.class)).isTrue();
    assertThat(fails(NO_CLOCK_AND_NO_DICE, ReadsTheSystemsClock.class)).isTrue();
    assertThat(fails(NO_CLOCK_AND_NO_DICE, ThrowsDice.class)).isTrue();
    assertThat(fails(NO_CLOCK_AND_NO_DICE, MakesUpIds.class)).isTrue();
    assertThat(fails(NO_THREADS_AND_NO_FILES, StartsAThread.class)).isTrue();
    assertThat(fails(NO_CLOCK_AND_NO_DICE, DerivesIds.class)).isFalse();
  }

  private static boolean fails(ArchRule rule, Class<?> culprit) {
    return rule.evaluate(new ClassFileImporter().importClasses(culprit)).hasViolation();
  }

  private static final class ReadsTheClock implements LongSupplier {
    @Override
    public long getAsLong() {
      return Instant.now().toEpochMilli();
    }
  }

  private static final class ReadsTheSystemsClock implements LongSupplier {
    @Override
    public long getAsLong() {
      return System.currentTimeMillis();
    }
  }

  private static final class ThrowsDice implements IntSupplier {
    @Override
    public int getAsInt() {
      return new Random(1).nextInt();
    }
  }

  private static final class MakesUpIds implements Supplier<String> {
    @Override
    public String get() {
      return UUID.randomUUID().toString();
    }
  }

  private static final class DerivesIds implements Supplier<String> {
    @Override
    public String get() {
      return UUID.nameUUIDFromBytes(new byte[] {1}).toString();
    }
  }

  private static final class StartsAThread implements Supplier<Thread> {
    @Override
    public Thread get() {
      return new Thread(() -> {});
    }
  }
}
