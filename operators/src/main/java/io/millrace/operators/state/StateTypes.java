package io.millrace.operators.state;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The Flink types of all that is stored or sent. */
public final class StateTypes {
  public static final TypeInformation<StoredDocument> DOCUMENT =
      new OwnTypeInformation<>(StoredDocument.class, new StoredDocumentSerializer());
  public static final TypeInformation<Header> HEADER =
      new OwnTypeInformation<>(Header.class, new HeaderSerializer());
  public static final TypeInformation<Delivery> DELIVERY =
      new OwnTypeInformation<>(Delivery.class, new DeliverySerializer());
  public static final TypeInformation<Outbox> OUTBOX =
      new OwnTypeInformation<>(Outbox.class, new OutboxSerializer());
  public static final TypeInformation<Epoch> EPOCH =
      new OwnTypeInformation<>(Epoch.class, new EpochSerializer());

  public static final TypeInformation<Tally> TALLY =
      new OwnTypeInformation<>(Tally.class, new TallySerializer());

  private StateTypes() {}
}
