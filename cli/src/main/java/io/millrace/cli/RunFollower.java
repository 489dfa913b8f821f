package io.millrace.cli;

import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import io.millrace.protocol.RunView;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Hears of one run until it has ended. As answers can be lost when the job restores, it does not
 * only listen but asks from time to time; that also renews the lease of a watch.
 */
final class RunFollower {
  private final Conversation conversation;
  private final Set<String> questions = new LinkedHashSet<>();
  private final String question;
  private final Duration every;

  /**
   * @param already a question that the end of the run answers too
   * @param every how often to ask
   */
  RunFollower(Conversation conversation, Set<String> already, Duration every) {
    this.conversation = conversation;
    this.question = conversation.newQuestion();
    this.questions.addAll(already);
    this.questions.add(question);
    this.every = every;
  }

  /**
   * Asks {@code ask} at once if {@code now}, and then every so often.
   *
   * @return what the run is at its end, or why nothing can be told
   */
  Answer follow(Ask ask, boolean now, Consumer<RunView> seen) throws NotReached {
    long patience = conversation.patience().toMillis();
    long lastHeard = conversation.now();
    long nextAsk = now ? lastHeard : lastHeard + every.toMillis();
    while (true) {
      if (conversation.now() >= nextAsk) {
        conversation.send(question, ask);
        nextAsk = conversation.now() + every.toMillis();
      }
      Optional<Answer> answer = conversation.hear(questions, RunFollower::tells, nextAsk);
      if (answer.isEmpty()) {
        // Time in which nothing was asked does not count against the system.
        if (conversation.now() - lastHeard >= patience + every.toMillis()) {
          throw conversation.silence();
        }
        continue;
      }
      lastHeard = conversation.now();
      if (answer.get() instanceof Reply.RunTold told) {
        seen.accept(told.run());
        if (!told.run().status().isTerminal()) {
          continue;
        }
      }
      return answer.get();
    }
  }

  private static boolean tells(Answer answer) {
    return answer instanceof Reply.RunTold || answer instanceof Reply.Refused;
  }
}
