package io.framewarden.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;

class ClientPropertiesTest {
  private final ClientProperties properties =
      new ClientProperties(
          new KafkaConnection(
              "localhost:1",
              (short) 1,
              2,
              Map.of("client.dns.lookup", "use_all_dns_ips", "bootstrap.servers", "elsewhere:1")));

  @Test
  void everyClientHasTheConnectionsProperties() {
    for (Map<String, Object> client :
        List.of(
            properties.admin(), properties.producer(), properties.reader(), properties.common())) {
      assertEquals("localhost:1", client.get("bootstrap.servers"));
      assertEquals("use_all_dns_ips", client.get("client.dns.lookup"));
    }
  }

  @Test
  void producersLoseAndRepeatNothing() {
    Map<String, Object> producer = properties.producer();
    assertEquals(true, producer.get("enable.idempotence"));
    assertEquals("all", producer.get("acks"));
    assertEquals("none", producer.get("compression.type"));
    assertFalse(producer.containsKey("transactional.id"));
    assertEquals("t-1", properties.transactionalProducer("t-1").get("transactional.id"));
  }

  @Test
  void theLargestDeadLetterFitsARequest() {
    assertEquals(Topics.MAX_DEAD_LETTER_BYTES, properties.producer().get("max.request.size"));
  }

  @Test
  void consumersReadWhatWasCommittedFromTheBeginning() {
    Map<String, Object> consumer = properties.consumer("g");
    assertEquals("g", consumer.get("group.id"));
    assertEquals("read_committed", consumer.get("isolation.level"));
    assertEquals("earliest", consumer.get("auto.offset.reset"));
    assertEquals(false, consumer.get("enable.auto.commit"));
    assertFalse(properties.reader().containsKey("group.id"));
  }

  @Test
  void aNamedMemberKeepsItsIdentityOverRestarts() {
    assertEquals("m-0", properties.member("g", "m-0").get("group.instance.id"));
    Map<String, Object> producer = properties.memberProducer("g", "m-0", Duration.ofSeconds(10));
    assertEquals("g-m-0", producer.get("transactional.id"));
    assertEquals(10_000, producer.get("transaction.timeout.ms"));
  }

  @Test
  void membersWithoutANameNeverFenceEachOther() {
    assertFalse(properties.member("g", "").containsKey("group.instance.id"));
    Map<String, Object> one = properties.memberProducer("g", "", Duration.ofSeconds(10));
    Map<String, Object> other = properties.memberProducer("g", "", Duration.ofSeconds(10));
    assertNotEquals(one.get("transactional.id"), other.get("transactional.id"));
  }

  @Test
  void kafkaAcceptsThem() {
    try (var producer = new KafkaProducer<byte[], byte[]>(properties.producer());
        var consumer = new KafkaConsumer<byte[], byte[]>(properties.consumer("g"))) {
      assertTrue(consumer.assignment().isEmpty());
      assertTrue(producer.metrics().size() > 0);
    }
  }

  @Test
  void changingOneClientsPropertiesChangesNoOthers() {
    properties.producer().put("linger.ms", 1000);
    assertEquals(5, properties.producer().get("linger.ms"));
  }
}
