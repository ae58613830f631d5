package io.framewarden.ingest.sandbox.wire;

import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.FaceDetectorKind;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a child works, for all of its jobs.
 *
 * @param ring the file of the shared memory
 * @param scratch the child's own folder of temporary files, which it deletes once it is warm
 */
public record DecoderSetup(
    Path ring,
    Path scratch,
    DecodeOptions decoding,
    SamplingPolicy sampling,
    FaceDetectorConfig detector) {

  public void writeTo(DataOutputStream out) throws IOException {
    out.writeUTF(ring.toString());
    out.writeUTF(scratch.toString());
    DecodeLimits limits = decoding.limits();
    out.writeLong(limits.maxBytes());
    out.writeLong(limits.maxPixels());
    out.writeInt(limits.maxStreams());
    out.writeLong(limits.maxDuration().toMillis());
    out.writeInt(decoding.threads());
    out.writeUTF(decoding.hardware().name());
    out.writeDouble(sampling.framesPerSecond());
    out.writeInt(sampling.atLeast());
    out.writeUTF(detector.kind().name());
    out.writeUTF(detector.model() == null ? "" : detector.model().toAbsolutePath().toString());
    out.writeInt(detector.minSize());
    out.writeDouble(detector.minConfidence());
    out.writeInt(detector.longSide());
    out.writeInt(detector.search().threads());
    out.writeInt(detector.search().every());
    out.writeInt(detector.search().ignoreUnder());
  }

  public static DecoderSetup readFrom(DataInputStream in) throws IOException {
    Path ring = Path.of(in.readUTF());
    Path scratch = Path.of(in.readUTF());
    DecodeLimits limits =
        new DecodeLimits(
            in.readLong(), in.readLong(), in.readInt(), Duration.ofMillis(in.readLong()));
    DecodeOptions decoding =
        new DecodeOptions(limits, in.readInt(), HardwareDecoder.valueOf(in.readUTF()));
    SamplingPolicy sampling = new SamplingPolicy(in.readDouble(), in.readInt());
    FaceDetectorKind kind = FaceDetectorKind.valueOf(in.readUTF());
    String model = in.readUTF();
    return new DecoderSetup(
        ring,
        scratch,
        decoding,
        sampling,
        new FaceDetectorConfig(
            kind,
            model.isEmpty() ? null : Path.of(model),
            in.readInt(),
            in.readDouble(),
            in.readInt(),
            new FaceDetectorConfig.Search(in.readInt(), in.readInt(), in.readInt())));
  }
}
