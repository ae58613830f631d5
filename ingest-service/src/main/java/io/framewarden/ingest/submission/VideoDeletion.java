package io.framewarden.ingest.submission;

import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.runtime.store.ObjectKeys;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.net.URI;

/**
 * Deletes videos: the stored bytes, then a tombstone on every topic that is keyed by the video and
 * kept. What is not keyed, or ages out within days, is left to its topic's retention.
 */
public final class VideoDeletion {
  private final ObjectStore store;
  private final TombstonePublisher tombstones;
  private final VideoStatusIndex videos;

  public VideoDeletion(ObjectStore store, TombstonePublisher tombstones, VideoStatusIndex videos) {
    this.store = store;
    this.tombstones = tombstones;
    this.videos = videos;
  }

  /**
   * Deletes a video. Doing it twice does no harm.
   *
   * @param upload its record; null where it is not known any more
   * @throws IOException when some of it may still be there; it may be tried again
   */
  public void delete(String videoId, VideoUpload upload) throws IOException {
    store.delete(
        upload == null ? store.uri(ObjectKeys.video(videoId)) : URI.create(upload.getSourceUri()));
    tombstones.publishTombstones(videoId);
    videos.deleted(videoId);
  }
}
