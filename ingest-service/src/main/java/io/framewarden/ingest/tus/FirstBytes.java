package io.framewarden.ingest.tus;

import io.framewarden.extraction.ffmpeg.ContainerSignature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Judges the first bytes of an upload that has not all arrived. Stateless. */
final class FirstBytes {
  private FirstBytes() {}

  /**
   * Why an upload is refused, as soon as there is enough of it to tell.
   *
   * @param data what has arrived
   * @param before how many bytes had arrived when they were judged last
   * @param offset how many bytes have arrived
   * @param length how many bytes there will be
   * @return empty where it is a video, where it is not known yet, or was before
   */
  static Optional<ContainerSignature> refused(Path data, long before, long offset, long length)
      throws IOException {
    long enough = Math.min(ContainerSignature.BYTES, length);
    if (before >= enough || offset < Math.min(ContainerSignature.START_BYTES, enough)) {
      return Optional.empty();
    }
    ContainerSignature signature;
    try (InputStream in = Files.newInputStream(data)) {
      signature = ContainerSignature.of(in.readNBytes(ContainerSignature.BYTES), offset == length);
    }
    // The packets of a transport stream may begin further on.
    boolean open = signature == ContainerSignature.UNKNOWN && offset < enough;
    return Optional.of(signature).filter(kind -> !open && kind.refusal().isPresent());
  }
}
