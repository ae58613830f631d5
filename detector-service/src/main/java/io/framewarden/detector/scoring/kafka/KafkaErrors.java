package io.framewarden.detector.scoring.kafka;

import java.util.List;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Tells Kafka's failures that end a transactional process from those that abort a transaction. */
final class KafkaErrors {
  private static final List<Class<? extends RuntimeException>> FATAL =
      List.of(
          ProducerFencedException.class,
          InvalidProducerEpochException.class,
          OutOfOrderSequenceException.class,
          FencedInstanceIdException.class,
          AuthenticationException.class,
          AuthorizationException.class,
          UnsupportedVersionException.class);

  private KafkaErrors() {}

  /** Whether a failure is fatal, or was caused by one that is: rebalances wrap them. */
  static boolean isFatal(Throwable failure) {
    return failure != null
        && (FATAL.stream().anyMatch(type -> type.isInstance(failure))
            || isFatal(failure.getCause()));
  }
}
