package io.framewarden.ingest.sandbox.wire;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.extraction.extract.FaceSpec;
import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.FaceDetectorKind;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import io.framewarden.v1.PixelFormat;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a child works, for all of its jobs.
 *
 * @param ring the file of the shared memory
 * @param scratch the child's own folder of temporary files, which it deletes once it is warm
 */
public record DecoderSetup(Path ring, Path scratch, ExtractionConfig extraction) {

  public void writeTo(DataOutputStream out) throws IOException {
    out.writeUTF(ring.toString());
    out.writeUTF(scratch.toString());
    DecodeOptions decoding = extraction.decoding();
    SamplingPolicy sampling = extraction.sampling();
    FaceDetectorConfig detector = extraction.detector();
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
    writeFaces(extraction.faces(), out);
  }

  private static void writeFaces(FaceSpec faces, DataOutputStream out) throws IOException {
    AlignmentTemplate template = faces.template();
    out.writeUTF(faces.format().name());
    out.writeInt(template.size());
    out.writeInt(template.points().size());
    for (FacePoint point : template.points()) {
      out.writeFloat(point.x());
      out.writeFloat(point.y());
    }
    out.writeDouble(template.boxExpansion());
    out.writeDouble(template.boxShift());
  }

  private static FaceSpec readFaces(DataInputStream in) throws IOException {
    PixelFormat format = PixelFormat.valueOf(in.readUTF());
    int size = in.readInt();
    List<FacePoint> points = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      points.add(new FacePoint(in.readFloat(), in.readFloat()));
    }
    return new FaceSpec(
        new AlignmentTemplate(size, points, in.readDouble(), in.readDouble()), format);
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
    FaceDetectorConfig detector =
        new FaceDetectorConfig(
            kind,
            model.isEmpty() ? null : Path.of(model),
            in.readInt(),
            in.readDouble(),
            in.readInt(),
            new FaceDetectorConfig.Search(in.readInt(), in.readInt(), in.readInt()));
    return new DecoderSetup(
        ring, scratch, new ExtractionConfig(sampling, decoding, detector, readFaces(in)));
  }
}
