package io.framewarden.ingest.kafka;

import io.framewarden.extraction.extract.FaceSpec;
import io.framewarden.ingest.pace.ScorerLag;
import io.framewarden.ingest.pace.ScorerLagSource;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.topic.ConsumerGroups;
import io.framewarden.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * How far the scorers' group is behind on face-frames, by the offsets that it committed and those
 * where the log begins and ends, against what the topic retains. Frames are all of one size, so
 * offsets stand for bytes. Kafka deletes whole segments and keeps at least what it is told to, so
 * this errs on the safe side. One thread; owns its client.
 */
final class FaceFramesLag implements ScorerLagSource, AutoCloseable {
  /** More than a frame takes beside its pixels. */
  private static final int MAX_REST_BYTES = 1024;

  private static final int REQUEST_MILLIS = 5_000;
  private static final int CALL_MILLIS = 10_000;

  /** The age is told in steps of a sixteenth of the retention. */
  private static final int AGE_STEPS = 16;

  private static final String TOPIC = Topics.FACE_FRAMES.name();

  /** What a topic retains; negative for all. */
  private record Retention(long bytes, long millis) {}

  /** Offsets of a partition: where the log begins, where the group is, where the log ends. */
  private record Place(long start, long next, long end) {
    long waiting() {
      return Math.max(0, end - Math.max(start, next));
    }
  }

  private final Admin admin;
  private final long frameBytes;

  /**
   * @param faces what face frames look like
   */
  FaceFramesLag(KafkaConnection connection, FaceSpec faces) {
    this.frameBytes = faces.shape().bytes() + MAX_REST_BYTES;
    Map<String, Object> properties = new ClientProperties(connection).admin();
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MILLIS);
    this.admin = Admin.create(properties);
  }

  @Override
  public ScorerLag measure(double threshold) throws IOException, InterruptedException {
    try {
      Map<TopicPartition, Place> places = places();
      Retention retention = retention();
      long waiting = 0;
      long most = 0;
      long lost = 0;
      for (Place place : places.values()) {
        waiting += place.waiting();
        most = Math.max(most, place.waiting());
        lost += Math.max(0, place.start() - place.next());
      }
      double byBytes = retention.bytes() > 0 ? (double) most * frameBytes / retention.bytes() : 0;
      long room =
          retention.bytes() > 0
              ? (long) Math.max(0, (threshold - byBytes) * retention.bytes())
              : Long.MAX_VALUE;
      double byAge = retention.millis() > 0 ? age(places, retention.millis()) : 0;
      return new ScorerLag(waiting, Math.max(byBytes, byAge), room, lost);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause().getMessage()), e);
    } catch (KafkaException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Map<TopicPartition, Place> places() throws ExecutionException, InterruptedException {
    List<TopicPartition> partitions =
        admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC).partitions().stream()
            .map(info -> new TopicPartition(TOPIC, info.partition()))
            .toList();
    // The group first: what it takes meanwhile only looks like more lag.
    Map<TopicPartition, OffsetAndMetadata> committed = committed();
    Map<TopicPartition, Long> starts = offsets(partitions, partition -> OffsetSpec.earliest());
    Map<TopicPartition, Long> ends = offsets(partitions, partition -> OffsetSpec.latest());
    Map<TopicPartition, Place> places = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long start = starts.get(partition);
      OffsetAndMetadata at = committed.get(partition);
      // A scorer that has never been there begins where the log does.
      places.put(
          partition, new Place(start, at == null ? start : at.offset(), ends.get(partition)));
    }
    return places;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed()
      throws ExecutionException, InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(ConsumerGroups.SCORER)
          .partitionsToOffsetAndMetadata()
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
  }

  private Map<TopicPartition, Long> offsets(
      List<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> what)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, what.apply(partition)));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> answer :
        admin.listOffsets(asked).all().get().entrySet()) {
      offsets.put(answer.getKey(), answer.getValue().offset());
    }
    return offsets;
  }

  private Retention retention() throws ExecutionException, InterruptedException {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
    Config config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
    return new Retention(
        Long.parseLong(config.get(TopicConfig.RETENTION_BYTES_CONFIG).value()),
        Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value()));
  }

  /** How old the oldest waiting frame is, as a part of the retention and rounded down. */
  private double age(Map<TopicPartition, Place> places, long retentionMillis)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> waiting =
        places.entrySet().stream()
            .filter(place -> place.getValue().waiting() > 0)
            .map(Map.Entry::getKey)
            .toList();
    if (waiting.isEmpty()) {
      return 0;
    }
    long now = System.currentTimeMillis();
    int low = 0;
    int high = AGE_STEPS + 1;
    while (high - low > 1) {
      // Most of the time nothing is old, so the first question is the one for that.
      int step = low == 0 && high == AGE_STEPS + 1 ? 1 : (low + high) / 2;
      if (isOlder(waiting, places, now - retentionMillis / AGE_STEPS * step)) {
        low = step;
      } else {
        high = step;
      }
    }
    return (double) low / AGE_STEPS;
  }

  private boolean isOlder(
      List<TopicPartition> waiting, Map<TopicPartition, Place> places, long time)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> firstAfter =
        offsets(waiting, partition -> OffsetSpec.forTimestamp(time));
    return waiting.stream()
        .anyMatch(
            partition -> {
              Place place = places.get(partition);
              long first = firstAfter.get(partition); // -1 where all frames are older
              return first < 0 || first > Math.max(place.start(), place.next());
            });
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO); // nobody waits for its answers any more
  }
}
