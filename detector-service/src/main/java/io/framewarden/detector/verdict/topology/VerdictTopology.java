package io.framewarden.detector.verdict.topology;

import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.schemas.topic.Topics;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: video-markers and frame-scores, which are partitioned alike by video id, meet in
 * one processor with one store; verdicts, rescore-requests and dead-letters go out. Records travel
 * as bytes, so that an unreadable one becomes a dead letter with its original bytes.
 */
public final class VerdictTopology {
  /** The store of video states, by video id. */
  static final String STORE = "videos";

  static final String VERDICT_SINK = "verdict-sink";
  static final String RESCORE_SINK = "rescore-sink";
  static final String DEAD_LETTER_SINK = "dead-letter-sink";

  private static final String PROCESSOR = "verdict-processor";
  private static final String MARKER_SOURCE = "marker-source";
  private static final String SCORE_SOURCE = "score-source";

  private VerdictTopology() {}

  /** The topology; the metrics and dead letters are shared by all its tasks. */
  public static Topology build(
      VerdictConfig config, DeadLetters deadLetters, VerdictMetrics metrics) {
    ByteArrayDeserializer in = new ByteArrayDeserializer();
    ByteArraySerializer out = new ByteArraySerializer();
    return new Topology()
        .addSource(MARKER_SOURCE, in, in, Topics.VIDEO_MARKERS.name())
        .addSource(SCORE_SOURCE, in, in, Topics.FRAME_SCORES.name())
        .addProcessor(
            PROCESSOR,
            () -> new VerdictProcessor(config, deadLetters, metrics),
            MARKER_SOURCE,
            SCORE_SOURCE)
        .addStateStore(store(), PROCESSOR)
        .addSink(
            VERDICT_SINK,
            Topics.VERDICTS.name(),
            Topics.VERDICTS.keySerde().serializer(),
            Topics.VERDICTS.valueSerde().serializer(),
            PROCESSOR)
        .addSink(
            RESCORE_SINK,
            Topics.RESCORE_REQUESTS.name(),
            Topics.RESCORE_REQUESTS.keySerde().serializer(),
            Topics.RESCORE_REQUESTS.valueSerde().serializer(),
            PROCESSOR)
        .addSink(DEAD_LETTER_SINK, Topics.DEAD_LETTERS.name(), out, out, PROCESSOR);
  }

  /** With a cache, the changelog gets a video's state once a commit instead of once a frame. */
  private static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled()
        .withLoggingEnabled(
            Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_RECORD_BYTES)));
  }
}
