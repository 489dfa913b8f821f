package io.millrace.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.model.Agenda.Kind;
import io.millrace.engine.model.Agenda.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class AgendaTest {
  private final List<String> told = new ArrayList<>();

  @Test
  void shouldKeepTheOrderOfOneInstant() {
    Agenda agenda = new Agenda(Order.FIRST_COME);
    for (Kind kind : List.of(Kind.START, Kind.ACTION, Kind.TIMEOUT, Kind.RETRY_OR_SLEEP)) {
      agenda.at(5, kind, () -> told.add(kind.name()));
    }
    agenda.at(5, Kind.RESULT, () -> told.add("RESULT"));
    agenda.at(4, Kind.START, () -> told.add("before"));

    agenda.run(10);

    assertThat(told)
        .containsExactly("before", "RESULT", "RETRY_OR_SLEEP", "TIMEOUT", "ACTION", "START");
  }

  @Test
  void shouldWorkOffWhatFollowsBeforeTheNextThing() {
    Agenda agenda = new Agenda(Order.FIRST_COME);
    agenda.at(5, Kind.ACTION, () -> told.add("action"));
    agenda.at(
        5,
        Kind.TIMEOUT,
        () -> {
          agenda.soon(() -> told.add("follows"));
          agenda.at(5, Kind.RESULT, () -> told.add("answer"));
          told.add("timeout");
        });

    agenda.run(10);

    assertThat(told).containsExactly("timeout", "follows", "answer", "action");
  }

  @Test
  void shouldForgetWhatIsCalledOffAndWhatIsTooLate() {
    Agenda agenda = new Agenda(Order.FIRST_COME);
    agenda.at(5, Kind.RESULT, () -> told.add("called off")).callOff();
    agenda.at(10, Kind.RESULT, () -> told.add("at the end"));
    agenda.at(11, Kind.RESULT, () -> told.add("too late"));

    agenda.run(10);

    assertThat(told).containsExactly("at the end");
  }

  @Test
  void shouldTellOtherOrdersApart() {
    assertThat(order(Order.FIRST_COME)).containsExactly("a", "b", "a1", "b1", "c", "d");
    assertThat(order(Order.DEPTH_FIRST)).containsExactly("a", "a1", "b", "b1", "c", "d");
    assertThat(order(Order.LAST_EVENT_FIRST)).containsExactly("a", "b", "a1", "b1", "d", "c");
  }

  @Test
  void shouldLetWhatComesUpWaitForAllOfTheInstantInRounds() {
    Agenda agenda = new Agenda(Order.shuffled(2));
    agenda.at(5, Kind.RETRY_OR_SLEEP, () -> agenda.after(0, Kind.RESULT, () -> told.add("result")));
    agenda.at(5, Kind.TIMEOUT, () -> told.add("timeout"));

    agenda.run(5);

    assertThat(told).containsExactly("timeout", "result");
  }

  @Test
  void shouldLetAllThatIsDueHappenTogether() {
    assertThat(orderOfSleepsAndWhatFollows(Order.FIRST_COME))
        .containsExactly("a", "a follows", "a answers", "b", "b follows", "b answers", "timeout");
    assertThat(orderOfSleepsAndWhatFollows(Order.TOGETHER))
        .containsExactly("a", "b", "a follows", "b follows", "a answers", "b answers", "timeout");
  }

  private List<String> orderOfSleepsAndWhatFollows(Order order) {
    told.clear();
    Agenda agenda = new Agenda(order);
    for (String name : List.of("a", "b")) {
      agenda.at(
          5,
          Kind.RETRY_OR_SLEEP,
          () -> {
            told.add(name);
            agenda.soon(
                () -> {
                  told.add(name + " follows");
                  agenda.after(0, Kind.RESULT, () -> told.add(name + " answers"));
                });
          });
    }
    agenda.at(5, Kind.TIMEOUT, () -> told.add("timeout"));
    agenda.run(5);
    return List.copyOf(told);
  }

  @Test
  void shouldShuffleTheEventsOfAnInstantTheSameWayEachTime() {
    assertThat(order(Order.shuffled(0))).isEqualTo(order(Order.shuffled(0)));
    assertThat(LongStream.range(0, 8).mapToObj(Order::shuffled).map(AgendaTest::order))
        .anySatisfy(told -> assertThat(told.indexOf("d")).isLessThan(told.indexOf("c")))
        .anySatisfy(told -> assertThat(told.indexOf("c")).isLessThan(told.indexOf("d")));
  }

  private static List<String> order(Order order) {
    List<String> told = new ArrayList<>();
    Agenda agenda = new Agenda(order);
    agenda.at(
        0,
        Kind.START,
        () -> {
          for (String name : List.of("a", "b")) {
            agenda.soon(
                () -> {
                  told.add(name);
                  agenda.soon(() -> told.add(name + "1"));
                });
          }
        });
    agenda.at(1, Kind.RESULT, () -> told.add("c"));
    agenda.at(1, Kind.RESULT, () -> told.add("d"));
    agenda.run(1);
    return told;
  }
}
