package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.TrackedFace;
import io.framewarden.extraction.face.detect.RotatedFaceSearch;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.extraction.ffmpeg.VideoStreams;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The extraction of one video: of each of its video streams, one after the other, the default one
 * first. A stream that cannot be judged is left out and reported, unless it is the only one. The
 * limit on the playing time is on all streams together. Used once, by one thread.
 *
 * @param <E> what the sink throws
 */
final class VideoExtraction<E extends Exception> {
  private final FaceExtractor extractor;
  private final Path file;
  private final String videoId;
  private final long attempt;
  private final FaceSink<E> sink;
  private final ExtractionProgress progress;
  private final StageTimer timer;
  private final ExtractionProgress total = new Total();
  private final VideoMarker.Builder marker = VideoMarker.newBuilder();
  private final Deque<Integer> waiting = new ArrayDeque<>(List.of(VideoReader.DEFAULT_STREAM));
  private final Set<Integer> known = new HashSet<>();
  private VideoException firstFailure;
  private boolean judged;

  /** Of the streams before; counted twice where decoding started over. */
  private long decodedFrames;

  private long playedUs;

  VideoExtraction(
      FaceExtractor extractor,
      Path file,
      String videoId,
      long attempt,
      FaceSink<E> sink,
      ExtractionProgress progress,
      StageTimer timer) {
    this.extractor = extractor;
    this.file = file;
    this.videoId = videoId;
    this.attempt = attempt;
    this.sink = sink;
    this.progress = progress;
    this.timer = timer;
  }

  /**
   * Extracts all streams.
   *
   * @throws VideoException where none can be judged: what is wrong with the default one
   */
  ExtractionResult run() throws VideoException, E {
    while (!waiting.isEmpty()) {
      int stream = waiting.remove();
      DecodeOptions options = remaining();
      try (SampledVideo video =
          timer.time(
              ExtractionStage.PROBE,
              () -> SampledVideo.open(file, stream, options, extractor.sampling()))) {
        extract(video, options);
      } catch (VideoException e) {
        leaveOut(stream, e);
      }
    }
    if (!judged) {
      throw firstFailure;
    }
    return ExtractionResult.of(marker);
  }

  /** Gives the sink all faces of a stream. */
  private void extract(SampledVideo video, DecodeOptions options) throws VideoException, E {
    int firstTrack = marker.getTracks();
    int stream = video.reader().index();
    discover(stream, video.reader().videoStreams());
    FrameTracks tracks =
        new FrameTracks(extractor.trackingPolicy(), new RotatedFaceSearch(extractor.detectors()));
    VideoStream.Builder reported = VideoStream.newBuilder();
    try (FramePrefetcher prefetcher =
        new FramePrefetcher(
            video,
            extractor.detectors(),
            options.limits().maxPixels(),
            extractor.faceFrames().isColour(),
            timer)) {
      Optional<SampledFrame> next = prefetcher.next(total);
      while (next.isPresent()) {
        SampledFrame searched = next.get();
        for (SampledFrame frame : timer.time(ExtractionStage.TRACK, () -> tracks.track(searched))) {
          for (TrackedFace face : frame.trackedFaces()) {
            sink.accept(faceFrame(frame, face, stream, firstTrack));
          }
          prefetcher.release(frame);
        }
        next = prefetcher.next(total);
      }
      judged = true;
    } catch (VideoException e) {
      // A stream that fails in the middle has given faces, which count as its frames do.
      firstFailure = firstFailure == null ? e : firstFailure;
      reported.setFailure(e.reason()).setFailureMessage(e.getMessage());
    }
    marker
        .setTracks(firstTrack + tracks.tracks())
        .setCuts(marker.getCuts() + tracks.cuts())
        .setIgnoredFaces(marker.getIgnoredFaces() + tracks.ignoredFaces());
    add(reported.mergeFrom(video.report()).build());
    discover(stream, video.reader().videoStreams());
    decodedFrames += video.position().frames();
    playedUs += video.reader().playedUs();
  }

  private FaceFrame faceFrame(SampledFrame frame, TrackedFace face, int stream, int firstTrack) {
    FaceFrame.Builder aligned =
        timer.time(
            ExtractionStage.ALIGN,
            () ->
                extractor
                    .faceFrames()
                    .align(videoId, attempt, frame.luma(), frame.chroma(), face.face()));
    int seq = marker.getFaceFrames();
    marker.setFaceFrames(seq + 1);
    return aligned
        .setSeq(seq)
        .setStream(stream)
        .setFrameIndex(frame.frameIndex())
        .setPtsUs(frame.ptsUs())
        .setTrackId(firstTrack + face.trackId())
        .build();
  }

  private void add(VideoStream stream) {
    marker
        .addStreams(stream)
        .setDecodedFrames(marker.getDecodedFrames() + stream.getDecodedFrames())
        .setSampledFrames(marker.getSampledFrames() + stream.getSampledFrames())
        .setDurationUs(Math.max(marker.getDurationUs(), stream.getEndUs()));
  }

  /** Lets the streams that were not known yet wait for their turn. */
  private void discover(int current, List<Integer> streams) {
    known.add(current);
    int most = extractor.decoding().limits().maxStreams();
    for (int stream : streams) {
      boolean isNew = known.add(stream);
      if (isNew && stream < most) {
        waiting.add(stream);
      } else if (isNew) {
        addFailed(stream, FailureReason.TOO_MANY_STREAMS, "only " + most + " streams are read");
      }
    }
  }

  private void leaveOut(int stream, VideoException failure) {
    firstFailure = firstFailure == null ? failure : firstFailure;
    List<Integer> streams = VideoStreams.of(file, extractor.decoding().limits());
    int index = stream >= 0 || streams.isEmpty() ? stream : streams.get(0);
    discover(index, streams);
    addFailed(Math.max(0, index), failure.reason(), failure.getMessage());
  }

  private void addFailed(int index, FailureReason reason, String message) {
    marker.addStreams(
        VideoStream.newBuilder().setIndex(index).setFailure(reason).setFailureMessage(message));
  }

  /** The options with what the streams so far have left of the playing time. */
  private DecodeOptions remaining() {
    DecodeOptions all = extractor.decoding();
    return playedUs == 0
        ? all
        : all.withMaxDuration(all.limits().maxDuration().minus(Duration.ofMillis(playedUs / 1000)));
  }

  /** Adds the streams before. */
  private final class Total implements ExtractionProgress {
    @Override
    public void onDecoded(long frames, long streamUs, long claimedUs) {
      long most = extractor.decoding().limits().maxDurationUs();
      long claimed = Math.min(playedUs + claimedUs, most);
      progress.onDecoded(decodedFrames + frames, playedUs + streamUs, claimed);
    }

    @Override
    public void onFallback(String reason) {
      progress.onFallback(reason);
    }
  }
}
