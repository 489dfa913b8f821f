package io.millrace.definition;

/**
 * What came of one signal trigger.
 *
 * @param uses its texts, which are evaluated in a scope of its own
 * @param place where it begins
 */
record SignalTriggerReading(SignalTrigger trigger, TextUses uses, Place place) {}
