package io.millrace.worker.example.retail;

import io.millrace.protocol.Topics;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The workers of the retail example, in one process that runs until it is told to end. */
@Command(
    name = "retail-workers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Serves the queues retail-extract, -clean, -aggregate, -load and -check.")
public final class RetailWorkers implements Callable<Integer> {
  @Option(
      names = "--brokers",
      paramLabel = "HOST:PORT",
      description = "Kafka (default: ${DEFAULT-VALUE})",
      defaultValue = "localhost:9092")
  private String brokers = "localhost:9092";

  @Option(
      names = "--prefix",
      description = "of the topics (default: ${DEFAULT-VALUE})",
      defaultValue = "millrace")
  private String prefix = "millrace";

  @Mixin private WarehouseOption warehouse = new WarehouseOption();

  @Option(
      names = "--staging",
      paramLabel = "DIR",
      description = "folder for files between steps (default: staging in the warehouse's folder)")
  private @Nullable Path staging;

  @Option(
      names = "--parallelism",
      description = "steps at once (default: ${DEFAULT-VALUE})",
      defaultValue = "2")
  private int parallelism = 2;

  public static void main(String[] args) {
    System.exit(new CommandLine(new RetailWorkers()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    Path files = staging != null ? staging : warehouse.folder.resolve("staging");
    RetailSteps steps = new RetailSteps(files, warehouse.open());
    Worker worker =
        queues(
                Worker.builder()
                    .brokers(brokers)
                    .topics(new Topics(prefix))
                    .options(WorkerOptions.DEFAULT.withParallelism(parallelism)),
                steps)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "millrace-stop"));
    worker.awaitEnd();
    Optional<Throwable> failure = worker.failure();
    failure.ifPresent(thrown -> System.err.println("The workers ended: " + thrown));
    return failure.isPresent() ? 1 : 0;
  }

  static Worker.Builder queues(Worker.Builder worker, RetailSteps steps) {
    return worker
        .queue("retail-extract", steps::extract)
        .queue("retail-clean", steps::clean)
        .queue("retail-aggregate", steps::aggregate)
        .queue("retail-load", steps::load)
        .queue("retail-check", steps::check);
  }
}
