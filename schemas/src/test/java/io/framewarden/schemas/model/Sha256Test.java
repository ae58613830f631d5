package io.framewarden.schemas.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  @TempDir Path folder;

  /** The test vectors of FIPS 180-2. */
  @Test
  void knownDigests() {
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Sha256.of(new byte[0]));
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Sha256.of("abc".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aFileOfSeveralBuffersHasTheDigestOfItsBytes() throws IOException {
    byte[] bytes = new byte[200_000];
    bytes[150_000] = 1;
    Path file = Files.write(folder.resolve("file"), bytes);
    assertEquals(Sha256.of(bytes), Sha256.of(file));
  }
}
