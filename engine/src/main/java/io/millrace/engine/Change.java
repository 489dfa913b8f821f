package io.millrace.engine;

/** One write to a machine's own state; a host stores all changes of a decision or none. */
public sealed interface Change {

  <R> R accept(Cases<R> cases);

  /** What to do with each change. */
  interface Cases<R> {
    R putEnvelope(PutEnvelope change);

    R put(Put change);

    R remove(Remove change);

    R forget(Forget change);
  }

  record PutEnvelope(Envelope envelope) implements Change {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.putEnvelope(this);
    }
  }

  record Put(String key, Document document) implements Change {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.put(this);
    }
  }

  record Remove(String key) implements Change {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.remove(this);
    }
  }

  /** The machine's retention is over: nothing of it remains. Always the only change. */
  record Forget() implements Change {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.forget(this);
    }
  }
}
