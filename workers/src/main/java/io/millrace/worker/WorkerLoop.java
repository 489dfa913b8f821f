package io.millrace.worker;

import io.millrace.protocol.Report;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.Task;
import io.millrace.protocol.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that polls: takes tasks, hands them to the handlers, tells signs of life, commits.
 *
 * <p>One turn does a little of each and never waits for a handler or for Kafka's acknowledgement;
 * only {@link #cancel} and the end of a handler come from other threads. An offset is committed
 * after the task's answer is acknowledged, so a crash at any point repeats tasks but loses none.
 */
final class WorkerLoop {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);

  /** How long a turn waits for tasks; also how exactly rhythms are kept. */
  static final Duration TURN = Duration.ofMillis(100);

  private static final Duration DRAINING_TURN = Duration.ofMillis(10);

  private final Consumer<String, byte[]> consumer;
  private final ReportSender sender;
  private final Executor pool;
  private final InstantSource clock;
  private final WorkerOptions options;
  private final Answers answers;
  private final TaskLedger ledger;
  private final OffsetTracker offsets = new OffsetTracker();
  private final Map<String, TaskQueue> queuesByTopic = new HashMap<>();
  private final AtomicBoolean reading = new AtomicBoolean(true);
  private boolean draining;
  private long nextSigns;
  private long nextCommit;

  WorkerLoop(
      Consumer<String, byte[]> consumer,
      ReportSender sender,
      Executor pool,
      InstantSource clock,
      WorkerOptions options,
      String worker,
      Topics topics,
      List<TaskQueue> queues) {
    this.consumer = consumer;
    this.sender = sender;
    this.pool = pool;
    this.clock = clock;
    this.options = options;
    this.answers = new Answers(worker);
    this.ledger = new TaskLedger(options);
    for (TaskQueue queue : queues) {
      queuesByTopic.put(topics.tasks(queue.name()), queue);
    }
  }

  void subscribe() {
    consumer.subscribe(queuesByTopic.keySet(), new Rebalance());
  }

  /** Takes what there is, waiting for at most so long. */
  void turn(Duration atMost) {
    Optional<Exception> failure = sender.failure();
    if (failure.isPresent()) {
      throw new IllegalStateException(
          "Expected reports to reach Kafka, but they are refused.", failure.get());
    }
    sender.resend();
    long now = clock.millis();
    if (now >= nextSigns) {
      nextSigns = now + TURN.toMillis();
      ledger.open().forEach(this::sign);
    }
    if (now >= nextCommit) {
      nextCommit = now + options.commitInterval().toMillis();
      commit();
    }
    readOrNot();
    ConsumerRecords<String, byte[]> records;
    try {
      records = consumer.poll(atMost);
    } catch (WakeupException e) {
      return;
    }
    for (ConsumerRecord<String, byte[]> record : records) {
      if (!draining) {
        take(record);
      }
    }
  }

  /** Nobody waits for this task any more. */
  void cancel(String dispatchId) {
    ledger.cancel(dispatchId).ifPresent(OpenTask::cancel);
  }

  /**
   * Ends: takes nothing more, lets running handlers finish until the deadline, gives up the rest
   * and commits. What is given up is delivered again.
   */
  void drain() {
    draining = true;
    consumer.pause(consumer.assignment());
    for (OpenTask task : ledger.open()) {
      if (task.giveUpIfWaiting()) {
        ledger.dropped(task);
      }
    }
    long deadline = clock.millis() + options.stopDeadline().toMillis();
    while (ledger.openCount() + sender.unacknowledged() > 0 && clock.millis() < deadline) {
      turn(DRAINING_TURN);
    }
    for (OpenTask task : ledger.open()) {
      LOG.warn("Gave up {}: it did not end in time.", task.task().dispatchId());
      task.giveUp();
    }
    commitNow(offsets.committable());
  }

  int openCount() {
    return ledger.openCount();
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    OffsetTracker.Position position =
        offsets.take(new TopicPartition(record.topic(), record.partition()), record.offset());
    Optional<Task> read = Wire.read(record.value(), Task.class);
    TaskQueue queue = queuesByTopic.get(record.topic());
    if (read.isEmpty() || queue == null) {
      // Without a dispatch id there is nobody to answer; the step's timeouts notice.
      LOG.warn("Skipped {}-{}@{}: no task.", record.topic(), record.partition(), record.offset());
      position.finish();
      return;
    }
    Task task = read.get();
    ledger
        .take(task, position)
        .accept(
            new TaskLedger.Intake.Cases() {
              @Override
              public void run(OpenTask fresh) {
                start(fresh, queue);
              }

              @Override
              public void repeat(Answer answer) {
                sender.answer(answer, List.of(position));
              }

              @Override
              public void nothing() {}
            });
  }

  private void start(OpenTask open, TaskQueue queue) {
    if (open.task().protocol() != Task.PROTOCOL) {
      answer(
          open,
          answers.failure(
              open.task(),
              Failure.PLATFORM,
              true,
              "Expected a task of protocol "
                  + Task.PROTOCOL
                  + ", but it is of "
                  + open.task().protocol()
                  + ".",
              null));
    } else if (queue.inline()) {
      run(open, queue, null);
    } else {
      pool.execute(() -> run(open, queue, Thread.currentThread()));
    }
  }

  private void run(OpenTask open, TaskQueue queue, @Nullable Thread interruptible) {
    if (ledger.isRevoked(open) || !open.begin(interruptible, clock.millis())) {
      drop(open);
      return;
    }
    if (options.startedAfter().isZero()) {
      sign(open);
    }
    Report report = handle(open, queue);
    if (open.end()) {
      answer(open, report);
    } else {
      drop(open);
    }
    if (!reading.get()
        && ledger.openCount() <= options.readAhead() / 2
        && reading.compareAndSet(false, true)) {
      consumer.wakeup();
    }
  }

  private Report handle(OpenTask open, TaskQueue queue) {
    TaskContext context = open.context();
    try {
      return answers.result(open.task(), queue.handler().handle(context), context.logTail());
    } catch (Throwable thrown) {
      return answers.thrown(open.task(), thrown, context.logTail());
    }
  }

  private void answer(OpenTask open, Report report) {
    Answer answer = new Answer(open.task().workflowId(), report);
    sender.answer(answer, ledger.answered(open, answer));
  }

  private void drop(OpenTask open) {
    List<OffsetTracker.Position> positions = ledger.dropped(open);
    if (!open.isGivenUp()) {
      positions.forEach(OffsetTracker.Position::finish);
    }
  }

  private void sign(OpenTask open) {
    for (Report report : open.signs(clock.millis(), options, answers)) {
      sender.sign(open.task().workflowId(), report);
    }
  }

  /** Stops reading while enough tasks are at hand; goes on when half of them are done. */
  private void readOrNot() {
    if (draining) {
      consumer.pause(consumer.assignment());
    } else if (ledger.openCount() >= options.readAhead()) {
      reading.set(false);
      consumer.pause(consumer.assignment());
    } else if (!consumer.paused().isEmpty()
        && (reading.get() || ledger.openCount() <= options.readAhead() / 2)) {
      reading.set(true);
      consumer.resume(consumer.paused());
    }
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> next = offsets.committable();
    if (!next.isEmpty()) {
      consumer.commitAsync(
          next,
          (done, failed) -> {
            if (failed == null) {
              offsets.committed(done);
            } else {
              LOG.info("Offsets are committed again later: {}", failed.toString());
            }
          });
    }
  }

  private void commitNow(Map<TopicPartition, OffsetAndMetadata> next) {
    if (next.isEmpty()) {
      return;
    }
    try {
      try {
        consumer.commitSync(next);
      } catch (WakeupException e) {
        // A handler that ended asked for more tasks: not meant for this call.
        consumer.commitSync(next);
      }
      offsets.committed(next);
    } catch (KafkaException e) {
      LOG.warn("Tasks that are done will be delivered again: {}", e.toString());
    }
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.info("Takes tasks of {}", partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(offsets.committable());
      next.keySet().retainAll(partitions);
      commitNow(next);
      offsets.forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      offsets.forget(partitions);
    }
  }
}
