package io.framewarden.standalone.pipeline;

import com.google.protobuf.ByteString;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.VideoMarker;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Videos of a model's golden faces, sent part by part as ingest would. */
final class ReleaseVideos implements AutoCloseable {
  private static final long ATTEMPT = 1_700_000_000_000L;

  private final KafkaProducer<byte[], byte[]> producer;
  private final ModelArtifact model;
  private final List<byte[]> faces;

  ReleaseVideos(KafkaConnection connection, Path folder) {
    producer = new KafkaProducer<>(new ClientProperties(connection).producer());
    model = ModelArtifact.open(folder);
    faces = model.goldenFaces();
  }

  static String id(int video) {
    return "video-" + video;
  }

  /** Frames {@code from} to {@code to} - 1 of videos 0 to {@code videos} - 1. */
  void send(int videos, int from, int to) {
    send(0, videos, from, to);
  }

  /** The same of {@code count} videos from {@code video} on. */
  void send(int video, int count, int from, int to) {
    for (int seq = from; seq < to; seq++) {
      for (int each = video; each < video + count; each++) {
        byte[] value = Topics.FACE_FRAMES.value().encode(frame(each, seq));
        var unused = producer.send(new ProducerRecord<>(Topics.FACE_FRAMES.name(), value));
      }
    }
    producer.flush();
  }

  void mark(int video, int frames) {
    VideoMarker marker =
        VideoMarker.newBuilder()
            .setVideoId(id(video))
            .setAttempt(ATTEMPT)
            .setFaceFrames(frames)
            .setSampledFrames(frames)
            .setTracks(1)
            .build();
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.VIDEO_MARKERS.name(),
                Topics.VIDEO_MARKERS.key().encode(id(video)),
                Topics.VIDEO_MARKERS.value().encode(marker)));
    producer.flush();
  }

  private FaceFrame frame(int video, int seq) {
    return FaceFrame.newBuilder()
        .setVideoId(id(video))
        .setAttempt(ATTEMPT)
        .setSeq(seq)
        .setFrameIndex(seq)
        .setPtsUs(seq * 250_000L)
        .setWidth(model.manifest().input().width())
        .setHeight(model.manifest().input().height())
        .setPixels(ByteString.copyFrom(faces.get((video + seq) % faces.size())))
        .setExtractionDigest(model.manifest().extractionDigest())
        .build();
  }

  @Override
  public void close() {
    producer.close();
  }
}
