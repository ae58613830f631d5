package io.framewarden.ingest.sandbox.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.framewarden.extraction.extract.ExtractionStage;
import io.framewarden.extraction.extract.StageTimes;
import io.framewarden.v1.VideoMarker;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The end of a job.
 *
 * @param number the job's
 * @param times of {@link #STAGES}; as the decoder reported them, not validated
 * @param marker without ids
 */
public record JobDone(long number, StageTimes times, VideoMarker marker) {
  /** The stages that a child goes through. */
  public static final Set<ExtractionStage> STAGES =
      Collections.unmodifiableSet(EnumSet.range(ExtractionStage.PROBE, ExtractionStage.ALIGN));

  public void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(number);
    for (ExtractionStage stage : STAGES) {
      out.writeLong(times.of(stage).toNanos());
    }
    marker.writeTo(out);
  }

  /**
   * Reads one.
   *
   * @throws InvalidProtocolBufferException when the marker is none
   */
  public static JobDone readFrom(DataInputStream in) throws IOException {
    long number = in.readLong();
    Map<ExtractionStage, Duration> times = new EnumMap<>(ExtractionStage.class);
    for (ExtractionStage stage : STAGES) {
      long nanos = in.readLong();
      if (nanos != 0) {
        times.put(stage, Duration.ofNanos(nanos));
      }
    }
    return new JobDone(number, new StageTimes(times), VideoMarker.parseFrom(in.readAllBytes()));
  }
}
