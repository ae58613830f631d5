package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.ingest.sandbox.wire.DecoderSetup;
import io.framewarden.ingest.sandbox.wire.RingLayout;
import io.framewarden.runtime.process.Confinement;
import io.framewarden.runtime.process.SupervisedProcess;
import java.io.IOException;

/** Starts decoders that are all alike. Safe for several threads. */
final class DecoderLauncher {
  private final Class<?> main;
  private final ExtractionConfig extraction;
  private final Confinement confinement;

  /**
   * @param main what runs in the child; a decoder but in tests
   */
  DecoderLauncher(Class<?> main, ExtractionConfig extraction, Confinement confinement) {
    this.main = main;
    this.extraction = extraction;
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
      ring = FaceRing.create(RingLayout.of(extraction.faces()));
      SupervisedProcess process =
          SupervisedProcess.start(
              confinement.around(
                  DecoderCommand.of(
                      main, extraction.decoding(), extraction.detector(), scratch.folder())),
              DecoderCommand.ENVIRONMENT);
      DecoderProcess child = new DecoderProcess(process, ring, scratch);
      child.setUp(new DecoderSetup(ring.file(), scratch.folder(), extraction));
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
