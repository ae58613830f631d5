package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.ingest.sandbox.wire.DecoderSetup;
import io.framewarden.ingest.sandbox.wire.RingLayout;
import io.framewarden.runtime.process.Confinement;
import io.framewarden.runtime.process.FileView;
import io.framewarden.runtime.process.JavaCommand;
import io.framewarden.runtime.process.SupervisedProcess;
import io.framewarden.schemas.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts decoders that are all alike. Safe for several threads. */
final class DecoderLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(DecoderLauncher.class);

  /** With a decoder that starts and gets no processor time. */
  static final Duration START_TIMEOUT = Duration.ofMinutes(1);

  private final Class<?> main;
  private final ExtractionConfig extraction;
  private final Confinement confinement;
  private final Set<Path> java = JavaCommand.files();

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
  DecoderProcess launch() throws IOException, InterruptedException {
    unpackOnce();
    return launch(view());
  }

  private FileView view() throws IOException {
    return new FileView(java, Set.of(), Set.of())
        .plus(DecoderCommand.view(extraction.decoding(), extraction.detector()));
  }

  /**
   * Runs a decoder that may write where natives are unpacked, and that gets no video. Those that
   * follow can only read there: else one that is taken over could change what others load.
   */
  private synchronized void unpackOnce() throws IOException, InterruptedException {
    Path natives = DecoderCommand.natives();
    Path done = natives.resolve(".unpacked-" + unpackedBy());
    if (Files.exists(done)) {
      return;
    }
    FileView open = view().plus(new FileView(Set.of(), Set.of(natives), Set.of()));
    try (DecoderProcess first = launch(open)) {
      first.awaitReady(START_TIMEOUT);
      Files.createFile(done);
    } catch (DecoderException | FileAlreadyExistsException e) {
      LOG.debug("natives are unpacked by each decoder for itself", e);
    }
  }

  /** Another version, or another way to work, unpacks other natives. */
  private String unpackedBy() {
    String how = main.getName() + extraction.detector().kind() + extraction.decoding().hardware();
    return Sha256.of((how + java).getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private DecoderProcess launch(FileView common) throws IOException {
    ScratchDirectory scratch = ScratchDirectory.create();
    FaceRing ring = null;
    try {
      ring = FaceRing.create(RingLayout.of(extraction.faces()));
      Path temporary = scratch.temporary();
      SupervisedProcess process =
          confinement.start(
              DecoderCommand.of(main, extraction.decoding(), extraction.detector(), temporary),
              common.plus(
                  new FileView(Set.of(scratch.handover()), Set.of(ring.file()), Set.of(temporary))),
              DecoderCommand.ENVIRONMENT);
      DecoderProcess child = new DecoderProcess(process, ring, scratch);
      child.setUp(new DecoderSetup(ring.file(), temporary, extraction));
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
