package io.millrace.definition;

/** How much a workflow matters; changes nothing in how it runs. */
public enum Criticality {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW
}
