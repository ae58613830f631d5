package io.framewarden.standalone.pipeline;

import io.framewarden.ingest.pace.DiskRoom;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may have how much of the disk of a pipeline's data folder. A part of what is free at the
 * start is face-frames', which is told to retain no more; uploads leave that part free, so that
 * what is made of an accepted video finds room. Some is left to the broker, the scores and the
 * verdicts; where that goes down to about half, extraction waits. Safe for several threads.
 */
final class DiskBudget implements DiskRoom {
  private static final Logger LOG = LoggerFactory.getLogger(DiskBudget.class);

  /** The part of the disk that face frames may have. */
  private static final double FACE_FRAMES_SHARE = 0.4;

  /** Scores, evidence and verdicts take up to this part of what their face frames take. */
  private static final int SCORES_PART = 8;

  /** Kafka deletes closed segments only: so many a partition may be there beyond its retention. */
  private static final int EXTRA_SEGMENTS = 2;

  private static final int SEGMENTS = 8;
  private static final long MAX_PAUSE_BYTES = 256L << 20;

  /** More than the largest record. */
  private static final long MIN_SEGMENT_BYTES = Topics.MAX_RECORD_BYTES + (1L << 20);

  private static final long MAX_SEGMENT_BYTES = 1L << 30;
  private static final String TOPIC = Topics.FACE_FRAMES.name();
  private static final ConfigResource TOPIC_CONFIG =
      new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
  private static final long DEFAULT_RETENTION =
      Long.parseLong(Topics.FACE_FRAMES.config().get(TopicConfig.RETENTION_BYTES_CONFIG));

  /** Deleted segments keep their room for so long. */
  private static final String DELETE_DELAY_MILLIS = "1000";

  private final Path folder;
  private final Path logs;
  private final long minFreeBytes;
  private volatile long faceFramesBytes;
  private volatile boolean isShort;

  /**
   * @param folder the pipeline's data folder; exists
   * @param logs where the broker keeps its partitions
   * @param minFreeBytes what is left free at least
   */
  DiskBudget(Path folder, Path logs, long minFreeBytes) {
    this.folder = folder;
    this.logs = logs;
    this.minFreeBytes = minFreeBytes;
  }

  /**
   * Tells the broker how much face-frames may retain, and holds uploads to the rest. Never more
   * than the topic retains by default, and never less than it holds: some of it may wait for a
   * scorer. What an earlier start decided is kept as long as it fits, since the uploads that came
   * since make the rest look smaller.
   *
   * @throws IOException when the disk cannot be looked at
   * @throws IllegalStateException when the broker refuses
   */
  void divide(KafkaConnection connection) throws IOException, InterruptedException {
    LongSummaryStatistics held = faceFramesHeld();
    long usable = usableBytes();
    long available = Math.max(0, usable + held.getSum() - minFreeBytes);
    try (Admin admin = Admin.create(new ClientProperties(connection).admin())) {
      int partitions =
          admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC).partitions().size();
      long share =
          Math.max(
              (long) (FACE_FRAMES_SHARE * available) / partitions,
              Math.min(decidedBefore(admin), available / partitions));
      share = Math.max(share, Math.max(0, held.getMax()));
      long segment = Math.max(MIN_SEGMENT_BYTES, Math.min(MAX_SEGMENT_BYTES, share / SEGMENTS));
      long retention =
          Math.min(DEFAULT_RETENTION, Math.max(segment, share - EXTRA_SEGMENTS * segment));
      retain(admin, retention, segment);
      faceFramesBytes = partitions * (retention + EXTRA_SEGMENTS * segment);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "cannot set how much face-frames retains: " + e.getCause().getMessage(), e.getCause());
    }
    LOG.info(
        "the disk of {} has {} MB free: face frames may have {} MB, of which they take {}, {} MB"
            + " are left free, uploads have the rest",
        folder,
        usable >> 20,
        faceFramesBytes >> 20,
        held.getSum() >> 20,
        leftFreeBytes() >> 20);
    if (usable < reservedBytes()) {
      LOG.warn("uploads are refused until the disk of {} has more room", folder);
    }
  }

  /** Whether a folder, which need not be there yet, is on this disk. */
  boolean isOn(Path other) {
    try {
      Path there = other.toAbsolutePath();
      while (!Files.exists(there)) {
        there = there.getParent();
      }
      return Files.getFileStore(there).equals(Files.getFileStore(folder));
    } catch (IOException e) {
      LOG.warn("cannot tell what disk {} is on", other, e);
      return true;
    }
  }

  @Override
  public long reservedBytes() {
    return leftFreeBytes() + Math.max(0, faceFramesBytes - faceFramesHeld().getSum());
  }

  @Override
  public Optional<String> shortage() {
    long usable;
    try {
      usable = usableBytes();
    } catch (IOException e) {
      LOG.warn("the disk of {} cannot be looked at", folder, e);
      return Optional.empty();
    }
    long mark = pauseBelowBytes();
    // With a gap between the marks: what is freed byte by byte shall not start it and stop it.
    isShort = usable < (isShort ? mark + mark / 4 : mark);
    return isShort ? Optional.of(text(usable)) : Optional.empty();
  }

  /** What ails the disk and what helps; empty while it has room. */
  Optional<String> fullness() {
    try {
      long usable = usableBytes();
      return usable < pauseBelowBytes() ? Optional.of(text(usable)) : Optional.empty();
    } catch (IOException e) {
      return Optional.of("the disk of " + folder + " cannot be looked at: " + e.getMessage());
    }
  }

  private String text(long usable) {
    return "the disk of %s has %d MB free: delete videos, or make room on it"
        .formatted(folder, usable >> 20);
  }

  private long leftFreeBytes() {
    return minFreeBytes + faceFramesBytes / SCORES_PART;
  }

  /** Enough for the scores of what waits for the scorers, whatever is kept from uploads beside. */
  private long pauseBelowBytes() {
    return Math.min(minFreeBytes, MAX_PAUSE_BYTES) / 2 + faceFramesBytes / SCORES_PART / 2;
  }

  private long usableBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** The bytes of a partition that an earlier start set aside; 0 before the first. */
  private static long decidedBefore(Admin admin) throws ExecutionException, InterruptedException {
    Config config = admin.describeConfigs(List.of(TOPIC_CONFIG)).all().get().get(TOPIC_CONFIG);
    ConfigEntry segment = config.get(TopicConfig.SEGMENT_BYTES_CONFIG);
    if (segment.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
      return 0;
    }
    return Long.parseLong(config.get(TopicConfig.RETENTION_BYTES_CONFIG).value())
        + EXTRA_SEGMENTS * Long.parseLong(segment.value());
  }

  private static void retain(Admin admin, long bytes, long segmentBytes)
      throws ExecutionException, InterruptedException {
    Collection<AlterConfigOp> changes =
        List.of(
            set(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(bytes)),
            set(TopicConfig.SEGMENT_BYTES_CONFIG, Long.toString(segmentBytes)),
            set(TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, DELETE_DELAY_MILLIS));
    admin.incrementalAlterConfigs(Map.of(TOPIC_CONFIG, changes)).all().get();
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  /** What each partition's segments take; their indexes take little of what their length says. */
  private LongSummaryStatistics faceFramesHeld() {
    LongSummaryStatistics bytes = new LongSummaryStatistics();
    try (DirectoryStream<Path> partitions = Files.newDirectoryStream(logs, TOPIC + "-*")) {
      for (Path partition : partitions) {
        bytes.accept(segmentBytes(partition));
      }
    } catch (NoSuchFileException e) {
      LOG.debug("nothing has been published yet", e);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("cannot look at the segments of face-frames in {}", logs, e);
    }
    return bytes; // too little is on the safe side: more is reserved then
  }

  private static long segmentBytes(Path partition) throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> segments =
        Files.newDirectoryStream(partition, "*.{log,log.deleted}")) {
      for (Path segment : segments) {
        bytes += size(segment);
      }
    }
    return bytes;
  }

  private static long size(Path segment) throws IOException {
    try {
      return Files.size(segment);
    } catch (NoSuchFileException e) {
      return 0; // deleted since
    }
  }
}
