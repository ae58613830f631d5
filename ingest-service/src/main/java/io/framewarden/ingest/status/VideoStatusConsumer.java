package io.framewarden.ingest.status;

import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.util.List;

/**
 * Keeps an index of videos by the topics: uploads, markers and their tombstones, so that a restart
 * still knows the videos that wait. Does not own the index.
 */
public final class VideoStatusConsumer implements Service {
  private final KafkaConnection connection;
  private final TopicFollower<String, VideoUpload> uploads;
  private final TopicFollower<String, VideoMarker> markers;
  private final ServiceGroup followers;

  public VideoStatusConsumer(KafkaConnection connection, VideoStatusIndex index) {
    this.connection = connection;
    this.uploads =
        new TopicFollower<>(
            connection,
            Topics.VIDEO_UPLOADS,
            (videoId, upload) -> {
              if (upload == null) {
                index.deleted(videoId);
              } else {
                index.uploaded(upload);
              }
            });
    this.markers =
        new TopicFollower<>(
            connection,
            Topics.VIDEO_MARKERS,
            (videoId, marker) -> {
              if (marker == null) {
                index.deleted(videoId);
              } else {
                index.extracted(marker);
              }
            });
    this.followers = ServiceGroup.independent(name(), List.of(uploads, markers));
  }

  @Override
  public String name() {
    return "video status";
  }

  /** Makes sure that the topics exist: those that are read, and the other that tombstones go to. */
  @Override
  public void start() {
    new TopicProvisioner(connection)
        .ensure(List.of(Topics.VIDEO_UPLOADS, Topics.VIDEO_MARKERS, Topics.MODERATOR_DECISIONS));
    followers.start();
  }

  /** Waits until all that was there at the start has been read, or the reading is over. */
  public void awaitCaughtUp() throws InterruptedException {
    uploads.awaitCaughtUp();
    markers.awaitCaughtUp();
  }

  @Override
  public Health health() {
    return followers.health();
  }

  @Override
  public void close() {
    followers.close();
  }
}
