package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.ingest.sandbox.wire.DecoderSetup;
import io.framewarden.runtime.process.Confinement;
import io.framewarden.runtime.process.SupervisedProcess;
import java.io.IOException;

/** Starts decoders that are all alike. Safe for several threads. */
final class DecoderLauncher {
  private final Class<?> main;
  private final DecodeOptions decoding;
  private final SamplingPolicy sampling;
  private final FaceDetectorConfig detector;
  private final Confinement confinement;

  /**
   * @param main what runs in the child; a decoder but in tests
   */
  DecoderLauncher(
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
  DecoderProcess launch() throws IOException {
    ScratchDirectory scratch = ScratchDirectory.create();
    FaceRing ring = null;
    try {
      ring = FaceRing.create();
      SupervisedProcess process =
          SupervisedProcess.start(
              confinement.around(DecoderCommand.of(main, decoding, detector, scratch.folder())),
              DecoderCommand.ENVIRONMENT);
      DecoderProcess child = new DecoderProcess(process, ring, scratch);
      child.setUp(new DecoderSetup(ring.file(), scratch.folder(), decoding, sampling, detector));
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
