package io.millrace.engine.simulation;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.Message;

/**
 * What is left of a value that was written as bytes and read again. A host that stores nothing has
 * {@link #NONE}; one that a test crashes after every turn has the real stored form.
 */
public interface Reload {
  /** Values stay the objects that they are: records are immutable, so nobody can tell. */
  Reload NONE =
      new Reload() {
        @Override
        public Envelope envelope(Envelope envelope) {
          return envelope;
        }

        @Override
        public Document document(Document document) {
          return document;
        }

        @Override
        public Message message(Message message) {
          return message;
        }
      };

  Envelope envelope(Envelope envelope);

  Document document(Document document);

  Message message(Message message);
}
