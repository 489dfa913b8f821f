package io.millrace.engine;

/**
 * Whether a refusal would be known to nobody: a user's command whose asker is not listening, or a
 * launch. What machines, workers and timers say again or too late is refused as a matter of course.
 *
 * <p>Every host writes such a refusal down as a dead letter.
 */
public final class Unheard implements Message.Cases<Boolean> {
  private static final Unheard CASES = new Unheard();

  private Unheard() {}

  /** Whether nobody would hear of the refusal of {@code message}. */
  public static boolean is(Message message) {
    return message.accept(CASES);
  }

  @Override
  public Boolean push(Message.Push message) {
    return message.replyTo() == null;
  }

  @Override
  public Boolean start(Message.Start message) {
    return message.replyTo() == null;
  }

  @Override
  public Boolean tellWorkflow(Message.TellWorkflow message) {
    return message.replyTo() == null;
  }

  @Override
  public Boolean actOnQueued(Message.ActOnQueued message) {
    return message.replyTo() == null;
  }

  @Override
  public Boolean runEnded(Message.RunEnded message) {
    return false;
  }

  @Override
  public Boolean launch(Message.Launch message) {
    return true;
  }

  @Override
  public Boolean act(Message.Act message) {
    return message.replyTo() == null;
  }

  @Override
  public Boolean reported(Message.Reported message) {
    return false;
  }

  @Override
  public Boolean due(Message.Due message) {
    return false;
  }

  @Override
  public Boolean nudge(Message.Nudge message) {
    return false;
  }

  @Override
  public Boolean room(Message.Room message) {
    return false;
  }

  @Override
  public Boolean restart(Message.Restart message) {
    return message.replyTo() == null;
  }

  @Override
  public Boolean stopRequested(Message.StopRequested message) {
    return false;
  }

  @Override
  public Boolean endRun(Message.EndRun message) {
    return false;
  }

  @Override
  public Boolean childAccepted(Message.ChildAccepted message) {
    return false;
  }

  @Override
  public Boolean childRefused(Message.ChildRefused message) {
    return false;
  }

  @Override
  public Boolean childEnded(Message.ChildEnded message) {
    return false;
  }

  @Override
  public Boolean forgetIteration(Message.ForgetIteration message) {
    return false;
  }
}
