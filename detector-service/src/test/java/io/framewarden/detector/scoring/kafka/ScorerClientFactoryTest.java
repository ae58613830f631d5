package io.framewarden.detector.scoring.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.KafkaConnection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class ScorerClientFactoryTest {
  private final ScorerConfig config = ScorerConfig.from(new Settings(Map.of()));

  @Test
  void readsCommittedRecordsInBoundedPolls() {
    Map<String, Object> properties = clients(config).consumerProperties();

    assertEquals("framewarden-scorer", properties.get(ConsumerConfig.GROUP_ID_CONFIG));
    assertEquals("read_committed", properties.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG));
    assertEquals(false, properties.get(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG));
    assertEquals(64, properties.get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG));
    assertFalse(properties.containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
  }

  @Test
  void twoScorersWithoutInstanceNamesNeverFenceEachOther() {
    Object one = transactionalId(config);
    Object other = transactionalId(config);

    assertTrue(one.toString().startsWith("framewarden-scorer-"));
    assertNotEquals(one, other);
  }

  @Test
  void anInstanceKeepsItsIdentityOverRestarts() {
    ScorerConfig named = ScorerConfig.from(new Settings(Map.of(ScorerConfig.INSTANCE, "scorer-0")));

    assertEquals("framewarden-scorer-scorer-0", transactionalId(named));
    assertEquals(
        "scorer-0",
        clients(named).consumerProperties().get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
  }

  @Test
  void aDeadScorerBlocksReadersForTwentySecondsAtMost() {
    assertEquals(20_000, clients(config).producerProperties().get("transaction.timeout.ms"));
  }

  private static Object transactionalId(ScorerConfig config) {
    return clients(config).producerProperties().get(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
  }

  private static ScorerClientFactory clients(ScorerConfig config) {
    return new ScorerClientFactory(KafkaConnection.embedded("localhost:1"), config);
  }
}
