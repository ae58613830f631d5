package io.framewarden.ingest.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.extract.FaceSpec;
import io.framewarden.ingest.sandbox.wire.ProtocolException;
import io.framewarden.ingest.sandbox.wire.RingLayout;
import java.io.RandomAccessFile;
import org.junit.jupiter.api.Test;

class FaceRingTest {
  private static final RingLayout LAYOUT = RingLayout.of(FaceSpec.defaults());

  @Test
  void anInterruptIsNotTakenForAFaultOfTheChild() throws Exception {
    try (FaceRing ring = FaceRing.create(LAYOUT)) {
      assertEquals(LAYOUT.faceBytes(), ring.take().size());
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, ring::take);
      assertFalse(Thread.interrupted(), "the exception stands for it");
    }
  }

  @Test
  void aFileThatWasCutOffIsOne() throws Exception {
    try (FaceRing ring = FaceRing.create(LAYOUT)) {
      try (RandomAccessFile file = new RandomAccessFile(ring.file().toFile(), "rw")) {
        file.setLength(LAYOUT.offset(0) + 1);
      }
      Exception refused = assertThrows(ProtocolException.class, ring::take);
      assertTrue(refused.getMessage().contains("cut off"), refused.getMessage());
    }
  }
}
