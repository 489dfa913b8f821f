package io.millrace.job.decode;

/** Carries a refusal from where it is found to the one place that answers it. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  Refused(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  Refused(Refusal.Code code, String message) {
    this(Refusal.of(code, message));
  }

  Refusal refusal() {
    return refusal;
  }
}
