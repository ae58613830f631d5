package io.framewarden.ingest.sandbox;

import io.framewarden.ingest.extract.SamplingPolicy;
import io.framewarden.ingest.face.FaceDetectorConfig;
import io.framewarden.ingest.ffmpeg.DecodeOptions;
import io.framewarden.ingest.sandbox.wire.Setup;
import io.framewarden.runtime.process.Confinement;
import io.framewarden.runtime.process.SupervisedProcess;
import java.io.IOException;

/** Starts decoders that are all alike. Safe for several threads. */
final class ChildLauncher {
  private final Class<?> main;
  private final DecodeOptions decoding;
  private final SamplingPolicy sampling;
  private final FaceDetectorConfig detector;
  private final Confinement confinement;

  /**
   * @param main what runs in the child; a decoder but in tests
   */
  ChildLauncher(
      Class<?> main,
      DecodeOptions decoding,
      SamplingPolicy sampling,
      FaceDetectorConfig detector,
      Confinement confinement) {
    this.main = main;
    this.decoding = decoding;
    this.sampling = sampling;
    this.detector = detector;
    this.confinement = confinement;
  }

  /**
   * Starts a decoder; it is not warm yet.
   *
   * @throws IOException when it cannot be started
   */
  DecoderChild launch() throws IOException {
    Scratch scratch = Scratch.create();
    FaceRing ring = null;
    try {
      ring = FaceRing.create();
      SupervisedProcess process =
          SupervisedProcess.start(
              confinement.around(ChildCommand.of(main, decoding, detector, scratch.folder())),
              ChildCommand.ENVIRONMENT);
      DecoderChild child = new DecoderChild(process, ring, scratch);
      child.setUp(new Setup(ring.file(), scratch.folder(), decoding, sampling, detector));
      return child;
    } catch (IOException e) {
      scratch.close();
      if (ring != null) {
        ring.close();
      }
      throw e;
    }
  }
}
