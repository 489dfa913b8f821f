package io.millrace.job;

import io.millrace.job.kafka.TopicSetup;
import io.millrace.job.options.InvalidOption;
import io.millrace.job.options.JobSettings;
import io.millrace.job.options.OptionText;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The main class of the job JAR: reads options, makes Kafka ready, submits the job. */
public final class MillraceJob {
  private static final Duration PATIENCE_WITH_KAFKA = Duration.ofSeconds(60);

  private MillraceJob() {}

  /**
   * Run by {@code flink run}.
   *
   * @throws InvalidOption for an option that cannot be used
   */
  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    if (JobSettings.asksForHelp(given)) {
      System.out.println(OptionText.help());
      return;
    }
    JobSettings settings = JobSettings.read(given, System.getenv());
    System.out.println(OptionText.effective(settings));
    TopicSetup.Found found = TopicSetup.run(settings, PATIENCE_WITH_KAFKA);
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    Topology.build(environment, settings, found.replyPartitions());
    environment.execute(settings.jobName());
  }
}
