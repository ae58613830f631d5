package io.framewarden.standalone.pipeline;

import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.VideoUpload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The uploads by video id, read from their topic, so that a restart still knows the videos that
 * wait. The oldest are forgotten first. Safe for several threads.
 */
public final class UploadView implements Service {
  private static final int REMEMBERED = 100_000;

  private final Map<String, VideoUpload> uploads =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, VideoUpload> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final TopicFollower<String, VideoUpload> follower;

  public UploadView(KafkaConnection connection) {
    this.follower = new TopicFollower<>(connection, Topics.VIDEO_UPLOADS, this::remember);
  }

  /** What was handed in under this id. */
  public Optional<VideoUpload> find(String videoId) {
    synchronized (uploads) {
      return Optional.ofNullable(uploads.get(videoId));
    }
  }

  /** Waits until all that was there at the start has been read, or the reading is over. */
  public void awaitCaughtUp() throws InterruptedException {
    follower.awaitCaughtUp();
  }

  @Override
  public String name() {
    return "uploads view";
  }

  @Override
  public void start() {
    follower.start();
  }

  @Override
  public Health health() {
    return follower.health();
  }

  @Override
  public void close() {
    follower.close();
  }

  private void remember(String videoId, VideoUpload upload) {
    if (upload != null) {
      synchronized (uploads) {
        uploads.put(videoId, upload);
      }
    }
  }
}
