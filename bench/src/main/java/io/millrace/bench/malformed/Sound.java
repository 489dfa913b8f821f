package io.millrace.bench.malformed;

import io.millrace.bench.load.Workflows;
import io.millrace.protocol.Topics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sound record for one input topic, and how to spoil it in ways that only its topic knows. */
enum Sound {
  DEFINITION(
      "\"workflow\"",
      Workflows.noOpSequence("malformed-pushed").strip(),
      definition(
          "{\"step\":{\"id\":\"a\",\"type\":\"NoOp\",\"transition\":{\"successors\":{\"nowhere\":\"true\"}}}}"),
      definition("{\"leap\":{\"id\":\"a\"}}"),
      definition(
          "{\"step\":{\"id\":\"a\",\"type\":\"NoOp\"}},{\"step\":{\"id\":\"a\",\"type\":\"NoOp\"}}")),
  TRIGGER(
      "\"workflow_id\"",
      "{\"workflow_id\":\"malformed-known\",\"user\":\"m\"}",
      "{\"workflow_id\":\"malformed-unknown\"}",
      "{\"workflow_id\":\"malformed-known\",\"version\":\"nearly-latest\"}",
      "{\"workflow_id\":\"malformed-known\",\"request_id\":\"again\"}"),
  ACTION(
      "\"target\"",
      "{\"action\":\"SHOW\",\"target\":\"malformed-known\"}",
      "{\"action\":\"STOP\",\"target\":\"malformed-known/999999\"}",
      "{\"action\":\"DANCE\",\"target\":\"malformed-known\"}",
      "{\"action\":\"STOP\",\"target\":\"malformed-known/1\"}"),
  REPORT(
      "\"dispatch_id\"",
      "{\"protocol\":1,\"dispatch_id\":\"malformed-known/1:1/s0@1#00\",\"kind\":\"SUCCEEDED\"}",
      "{\"protocol\":1,\"dispatch_id\":\"malformed-known/1:1/s0\",\"kind\":\"SUCCEEDED\"}",
      "{\"protocol\":1,\"dispatch_id\":\"malformed-known/1:1/s0@1#00\",\"kind\":\"DANCED\"}",
      "{\"protocol\":1,\"dispatch_id\":\"malformed-known/1:1/s0@1#00\",\"kind\":\"SUCCEEDED\"}"),
  SIGNAL(
      "\"name\"",
      "{\"name\":\"malformed/signal\"}",
      "{\"name\":\"malformed/unknown\"}",
      "{\"name\":\"malformed/signal\",\"how\":\"LOUD\"}",
      "{\"name\":\"malformed/signal\",\"request_id\":\"again\"}");

  private final String idField;
  private final String json;
  private final String unknownName;
  private final String unknownChoice;
  private final String repeatedId;

  Sound(String idField, String json, String unknownName, String unknownChoice, String repeatedId) {
    this.idField = idField;
    this.json = json;
    this.unknownName = unknownName;
    this.unknownChoice = unknownChoice;
    this.repeatedId = repeatedId;
  }

  String topic(Topics topics) {
    return switch (this) {
      case DEFINITION -> topics.definitions();
      case TRIGGER -> topics.triggers();
      case ACTION -> topics.actions();
      case REPORT -> topics.reports();
      case SIGNAL -> topics.signals();
    };
  }

  /**
   * Whether a record is answered by being carried out, or only counted: a second start with one
   * request id is told of the first, and a report of a task nobody waits for is stale. Nobody
   * answers reports, so that their reply headers are not read.
   */
  boolean isCountedOnly(Harm harm) {
    return switch (this) {
      case TRIGGER, ACTION -> harm == Harm.REPEATED_ID;
      case REPORT ->
          harm == Harm.REPEATED_ID
              || harm == Harm.BAD_REPLY_PARTITION
              || harm == Harm.REPLY_PARTITION_NOT_A_NUMBER;
      case DEFINITION, SIGNAL -> false;
    };
  }

  String json() {
    return json;
  }

  String idField() {
    return idField;
  }

  String unknownName() {
    return unknownName;
  }

  String unknownChoice() {
    return unknownChoice;
  }

  String repeatedId() {
    return repeatedId;
  }

  /**
   * The record with more fields in front; in a push that is the workflow, as its envelope is open.
   */
  String with(String fields) {
    String opening = this == DEFINITION ? "\"workflow\":{" : "{";
    return json.replaceFirst(
        Pattern.quote(opening), Matcher.quoteReplacement(opening + fields + ","));
  }

  /** The record with one field only, of another value. */
  String with(String field, String value) {
    int begin = json.indexOf(field) + field.length() + 1;
    if (json.charAt(begin) != '"') {
      return "{" + field + ":" + value + "}";
    }
    int end = json.indexOf('"', begin + 1) + 1;
    return json.substring(0, begin) + value + json.substring(end);
  }

  private static String definition(String steps) {
    return "{\"properties\":{\"owner\":{\"name\":\"m\"}},\"workflow\":{\"id\":\"malformed-pushed\",\"steps\":["
        + steps
        + "]}}";
  }
}
