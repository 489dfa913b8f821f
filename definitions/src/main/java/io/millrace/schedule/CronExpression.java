package io.millrace.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cron expression as Maestro reads it (Maestro semantics 8): UNIX with five fields, or else
 * Quartz with six or seven, seconds first. The only class that knows the library behind it.
 *
 * <p>Immutable. The library's own alternatives, {@code |} and {@code ||}, are in neither language
 * and are refused: with them, nothing could be said about all fires from the first ones.
 */
public final class CronExpression {
  /** Of a text; the longest sensible ones have a few dozen. */
  public static final int MAX_CHARS = 256;

  /** The weekday nearest to a day that some months do not have, where the library fails. */
  private static final Pattern NEAR_A_RARE_DAY = Pattern.compile("(?i)(29|30|31)W");

  private static final CronParser UNIX =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  private static final CronParser QUARTZ =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

  private final ExecutionTime fires;

  private CronExpression(Cron cron) {
    this.fires = ExecutionTime.forCron(cron);
  }

  /** What came of a text. */
  public sealed interface Parsed {
    record Valid(CronExpression expression) implements Parsed {}

    /**
     * Not a cron expression.
     *
     * @param findings what is wrong with it, each as the end of a sentence; hold parts of the text
     */
    record Invalid(List<String> findings) implements Parsed {
      public Invalid {
        findings = List.copyOf(findings);
      }
    }
  }

  /** Never throws for what a text holds. */
  public static Parsed parse(String text) {
    if (text.length() > MAX_CHARS) {
      return new Parsed.Invalid(List.of("it has more than " + MAX_CHARS + " characters"));
    }
    if (text.indexOf('|') >= 0) {
      return new Parsed.Invalid(List.of("it holds '|'"));
    }
    if (NEAR_A_RARE_DAY.matcher(text).find()) {
      return new Parsed.Invalid(
          List.of("the weekday nearest to a day after the 28th is not in every month; try LW"));
    }
    try {
      return new Parsed.Valid(new CronExpression(UNIX.parse(text)));
    } catch (IllegalArgumentException notUnix) {
      try {
        return new Parsed.Valid(new CronExpression(QUARTZ.parse(text)));
      } catch (IllegalArgumentException notQuartz) {
        return new Parsed.Invalid(
            List.of("as UNIX cron: " + reason(notUnix), "as Quartz cron: " + reason(notQuartz)));
      }
    }
  }

  /**
   * The first fire after an instant, in its zone; empty if none comes within a century. Where the
   * zone's clocks are changed, this is the library's rule.
   */
  public Optional<ZonedDateTime> next(ZonedDateTime after) {
    return fires.nextExecution(after);
  }

  private static String reason(IllegalArgumentException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    String reason = message.replaceFirst("^Failed to parse cron expression\\. ", "").strip();
    return reason.replaceFirst("[.!]$", "");
  }
}
