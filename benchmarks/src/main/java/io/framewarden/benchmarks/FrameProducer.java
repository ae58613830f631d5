package io.framewarden.benchmarks;

import com.google.protobuf.ByteString;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FaceFrame;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts face frames on face-frames, so far ahead of the scorer that it never waits for them, and no
 * further, so that a long run does not fill the disk's cache. A thread of its own.
 */
final class FrameProducer implements AutoCloseable {
  private static final int FRAMES_PER_VIDEO = 200;

  /** Frames that are produced before the scorer starts; fewer when there are fewer in all. */
  private static final int MAX_AHEAD = 20_000;

  private static final long POLL_INTERVAL_NANOS = 5_000_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final ModelManifest manifest;
  private final List<byte[]> faces;
  private final int count;
  private final CountDownLatch headStart = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "frame-producer");
  private volatile long scored;
  private volatile boolean closing;
  private volatile RuntimeException failure;

  private FrameProducer(KafkaProducer<byte[], byte[]> producer, ModelArtifact artifact, int count) {
    this.producer = producer;
    this.manifest = artifact.manifest();
    this.faces = artifact.goldenFaces();
    this.count = count;
  }

  /** Starts producing the model's golden faces, in videos of 200 frames. */
  static FrameProducer start(KafkaConnection connection, ModelArtifact artifact, int count) {
    FrameProducer frames =
        new FrameProducer(
            new KafkaProducer<>(new ClientProperties(connection).producer()), artifact, count);
    frames.thread.setDaemon(true);
    frames.thread.start();
    return frames;
  }

  /** Waits until so many frames are there that the scorer may begin. */
  void awaitHeadStart() throws InterruptedException {
    headStart.await();
    if (failure != null) {
      throw failure;
    }
  }

  /** Reports how many frames the scorer has scored. */
  void reportScored(long frames) {
    scored = frames;
    if (failure != null) {
      throw failure;
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // one that fails is never scored, which shows
  private void run() {
    try {
      for (int at = 0; at < count && !closing; at++) {
        if (at == MAX_AHEAD) {
          producer.flush();
          headStart.countDown();
        }
        while (at - scored > MAX_AHEAD && !closing) {
          LockSupport.parkNanos(POLL_INTERVAL_NANOS);
        }
        producer.send(
            new ProducerRecord<>(
                Topics.FACE_FRAMES.name(), Topics.FACE_FRAMES.value().encode(frame(at))));
      }
      producer.flush();
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      headStart.countDown();
    }
  }

  private FaceFrame frame(int at) {
    return FaceFrame.newBuilder()
        .setVideoId("bench-" + at / FRAMES_PER_VIDEO)
        .setAttempt(1)
        .setSeq(at % FRAMES_PER_VIDEO)
        .setFrameIndex(at % FRAMES_PER_VIDEO)
        .setConfidence(1)
        .setWidth(manifest.input().width())
        .setHeight(manifest.input().height())
        .setFormat(manifest.input().shape().format())
        .setPixels(ByteString.copyFrom(faces.get(at % faces.size())))
        .setExtractionDigest(manifest.extractionDigest())
        .build();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
