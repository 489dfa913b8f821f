package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.millrace.expression.library.Library;
import io.millrace.expression.library.ListedEntries;
import io.millrace.expression.library.ListedEntries.Listed;
import io.millrace.expression.run.Compiler;
import io.millrace.expression.run.ListedParamsFunctions;
import io.millrace.expression.syntax.ExpressionParser;
import io.millrace.expression.syntax.Parsed;
import io.millrace.expression.value.Value;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code reference/language.md} to what the language is. */
final class LanguageReferenceTest {
  private static final ReferencePage PAGE = ReferencePage.read();

  private static final Set<String> ARRAYS =
      Set.of("STRING_ARRAY", "LONG_ARRAY", "DOUBLE_ARRAY", "BOOLEAN_ARRAY");

  /** Only how much of a value a message shows. */
  private static final String SHOWN_IN_MESSAGES = "Texts.MAX_CHARS";

  static List<ReferencePage.Example> examples() {
    return PAGE.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldPrintWhatThePageSays(ReferencePage.Example example) {
    // when
    Evaluated evaluated = Evaluated.of(example.expression());

    // then
    String shown = evaluated.shown();
    String printed =
        shown.startsWith("failed ")
            ? "!" + place(evaluated.failure())
            : shown.substring(shown.indexOf(' ') + 1);
    assertThat(printed).as(example.toString()).isEqualTo(example.expected());
  }

  private static String place(Failure failure) {
    return failure.code() + " at " + failure.at().line() + ":" + failure.at().column();
  }

  @Test
  void shouldHaveManyExamples() {
    assertThat(PAGE.examples()).hasSizeGreaterThanOrEqualTo(200);
  }

  @Test
  void shouldListTheWholeLibraryAndNothingElse() {
    // when
    Set<String> entries =
        ListedEntries.all().stream()
            .map(entry -> heading(entry) + ": " + entry.signature() + " gives " + entry.result())
            .collect(Collectors.toSet());

    // then
    assertThat(PAGE.rows("call"))
        .extracting(
            row -> row.heading() + ": " + row.cells().get(0) + " gives " + row.cells().get(1))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(entries);
  }

  @Test
  void shouldShowEachEntryInItsOwnExample() {
    for (ReferencePage.Row row : PAGE.rows("call")) {
      // given
      List<Library.Callable> entries =
          ListedEntries.all().stream()
              .filter(entry -> heading(entry).equals(row.heading()))
              .filter(entry -> entry.signature().equals(row.cells().get(0)))
              .map(Listed::callable)
              .toList();

      // when
      RecordingLibrary library = new RecordingLibrary();
      evaluate(row.cells().get(2), library);

      // then
      assertThat(library.called()).as(row.cells().get(0)).containsAnyElementsOf(entries);
    }
  }

  private static void evaluate(String text, RecordingLibrary library) {
    Parsed parsed = new ExpressionParser(ExpressionLimits.DEFAULT).parse(text);
    assertThat(parsed).as(text).isInstanceOf(Parsed.Tree.class);
    Map<String, Value> names = Evaluated.names();
    Compiler.compile(((Parsed.Tree) parsed).program(), library, NameTypes.UNKNOWN)
        .executable()
        .run(
            name -> Optional.ofNullable(names.get(name)),
            new Surroundings(0, "seed", ParamFunctions.NONE),
            new Meter(ExpressionLimits.DEFAULT));
  }

  private static String heading(Listed entry) {
    if (ARRAYS.contains(entry.owner())) {
      return "Arrays";
    }
    return entry.owner().equals("UUID") ? "System" : entry.owner();
  }

  @Test
  void shouldNameEveryClassAndType() {
    for (String name : ListedEntries.names()) {
      assertThat(PAGE.text()).containsPattern("\\b" + Pattern.quote(name) + "\\b");
    }
  }

  @Test
  void shouldListTheFunctionsOfParams() {
    assertThat(PAGE.rows("function"))
        .extracting(row -> row.cells().get(0))
        .containsExactlyElementsOf(ListedParamsFunctions.names());
    assertThat(PAGE.rows("function"))
        .allSatisfy(
            row -> assertThat(row.cells().get(2)).contains("params." + row.cells().get(0) + "("));
  }

  @Test
  void shouldShowEveryFailureCode() {
    List<ReferencePage.Row> rows = PAGE.rows("code");

    assertThat(rows)
        .extracting(row -> row.cells().get(0))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(FailureCode.values()).map(Enum::name).toList());
    assertThat(rows)
        .filteredOn(row -> !row.cells().get(0).equals(FailureCode.INTERNAL.name()))
        .allSatisfy(
            row -> assertThat(row.cells().get(3)).startsWith("!" + row.cells().get(0) + " at "));
  }

  @Test
  void shouldListEveryLimitWithItsDefault() throws ReflectiveOperationException {
    // given
    Map<String, String> limits = new HashMap<>();
    for (RecordComponent limit : ExpressionLimits.class.getRecordComponents()) {
      limits.put(limit.getName(), written(limit.getAccessor().invoke(ExpressionLimits.DEFAULT)));
    }
    for (JavaField constant : constants()) {
      Field field = constant.reflect();
      field.setAccessible(true);
      limits.put(name(constant), written(field.get(null)));
    }
    limits.remove(SHOWN_IN_MESSAGES);

    // when
    Map<String, String> listed =
        PAGE.rows("limit").stream()
            .collect(Collectors.toMap(row -> row.cells().get(0), row -> row.cells().get(1)));

    // then
    assertThat(listed).containsExactlyInAnyOrderEntriesOf(limits);
  }

  /** What an expression can run into is written as a constant MAX_.. where it is not an option. */
  private static List<JavaField> constants() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.millrace.expression", "io.millrace.duration")
            .stream()
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getName().startsWith("MAX_"))
            .toList();
  }

  private static String name(JavaField constant) {
    return constant.getOwner().getSimpleName() + "." + constant.getName();
  }

  private static String written(Object number) {
    return String.format(Locale.ROOT, "%,d", ((Number) number).longValue());
  }
}
