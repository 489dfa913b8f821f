package io.millrace.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MailboxTest {
  private static final MachineAddress A = MachineAddress.workflow("a");
  private static final MachineAddress B = MachineAddress.workflow("b");
  private static final MachineAddress C = MachineAddress.workflow("c");

  @Test
  void shouldDeliverInTheOrderOfSending() {
    Mailbox mailbox = new Mailbox(MessageOrder.FIRST_SENT_FIRST);
    mailbox.add(letter(A, B, 1));
    mailbox.add(letter(C, B, 2));
    mailbox.add(letter(A, B, 3));

    assertThat(numbers(mailbox)).containsExactly(1, 2, 3);
  }

  @Test
  void shouldKeepTheOrderBetweenTwoMachinesWhateverIsChosen() {
    for (long seed = 0; seed < 50; seed++) {
      Mailbox mailbox = new Mailbox(new Random(seed)::nextInt);
      for (int number = 1; number <= 20; number++) {
        mailbox.add(letter(number % 2 == 0 ? A : C, B, number));
      }

      List<Integer> delivered = numbers(mailbox);

      assertThat(delivered).as("seed " + seed).hasSize(20);
      assertThat(delivered.stream().filter(number -> number % 2 == 0)).isSorted();
      assertThat(delivered.stream().filter(number -> number % 2 == 1)).isSorted();
    }
  }

  @Test
  void shouldDeliverWhatComesFromOutsideInAnyOrder() {
    Mailbox mailbox = new Mailbox(waiting -> waiting - 1);
    mailbox.add(new Mailbox.Letter(null, B, message(1)));
    mailbox.add(new Mailbox.Letter(null, B, message(2)));

    assertThat(numbers(mailbox)).containsExactly(2, 1);
  }

  private static Mailbox.Letter letter(MachineAddress from, MachineAddress to, int number) {
    return new Mailbox.Letter(from, to, message(number));
  }

  private static Message message(int number) {
    return new Message.Push(Integer.toString(number), null);
  }

  private static List<Integer> numbers(Mailbox mailbox) {
    List<Integer> numbers = new ArrayList<>();
    Optional<Mailbox.Letter> letter = mailbox.take();
    while (letter.isPresent()) {
      numbers.add(Integer.parseInt(((Message.Push) letter.get().message()).text()));
      letter = mailbox.take();
    }
    return numbers;
  }
}
