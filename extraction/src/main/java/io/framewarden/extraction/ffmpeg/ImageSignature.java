package io.framewarden.extraction.ffmpeg;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Tells still images from animated ones, by their bytes. No native code. Stateless. */
final class ImageSignature {
  private static final int START_BYTES = 256;

  private static final Set<String> BRANDS =
      Set.of(
          "avif", "avis", "heic", "heix", "hevc", "hevx", "mif1", "msf1", "heim", "heis", "hevm",
          "hevs", "crx ");

  /** Brands of AVIF and HEIF files with a track of frames beside the still image. */
  private static final Set<String> SEQUENCE_BRANDS =
      Set.of("avis", "msf1", "hevc", "hevx", "hevm", "hevs");

  private static final int BOX_HEADER_BYTES = 8;
  private static final int LONG_BOX_HEADER_BYTES = 16;
  private static final int MOVIE = 0x6d6f6f76; // moov

  /** Where the header of a .webp has its flags, and the one of an animation. */
  private static final int WEBP_FLAGS = 20;

  private static final int WEBP_ANIMATED = 2;

  private ImageSignature() {}

  /**
   * The kind of an image file: one that may be decoded only where the whole file says that it has
   * several frames.
   *
   * @return empty where the file is no image
   */
  static Optional<ContainerSignature> of(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return of(in, true);
    }
  }

  /**
   * The kind of an image file.
   *
   * @param in supports marks
   * @param whole whether the file ends where the data does; otherwise, what a still image and an
   *     animated one have in common counts as animated
   * @return empty where the file is no image
   */
  static Optional<ContainerSignature> of(InputStream in, boolean whole) throws IOException {
    in.mark(START_BYTES);
    String start = new String(in.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
    in.reset();
    if (start.startsWith("GIF8")) {
      GifBlocks blocks = new GifBlocks(in).read(2);
      boolean several = blocks.images() > 1 || (blocks.isCut() && !whole);
      return animated(several, ContainerSignature.GIF);
    }
    if (start.startsWith("\u0089PNG\r\n")) {
      PngChunks chunks = new PngChunks(in).readHeader();
      boolean several = chunks.frames() > 1 || (chunks.isCut() && !whole);
      return animated(several, ContainerSignature.APNG);
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      boolean flags = start.startsWith("VP8X", 12) && start.length() > WEBP_FLAGS;
      boolean several = flags && (start.charAt(WEBP_FLAGS) & WEBP_ANIMATED) != 0;
      return animated(several, ContainerSignature.ANIMATED_WEBP);
    }
    if (start.startsWith("ftyp", 4) && start.length() >= 12) {
      return BRANDS.contains(start.substring(8, 12))
          ? animated(isSequence(start) && hasMovie(in, whole), ContainerSignature.MP4)
          : Optional.empty();
    }
    return isStill(start) ? Optional.of(ContainerSignature.STILL_IMAGE) : Optional.empty();
  }

  private static Optional<ContainerSignature> animated(boolean several, ContainerSignature kind) {
    return Optional.of(several ? kind : ContainerSignature.STILL_IMAGE);
  }

  private static boolean isStill(String start) {
    return start.startsWith("\u00ff\u00d8\u00ff")
        || (start.startsWith("BM") && start.startsWith("\0\0\0\0", 6))
        || start.startsWith("II*\0")
        || start.startsWith("MM\0*")
        || start.startsWith("\0\0\0\fJXL ")
        || start.startsWith("\0\0\0\fjP  ");
  }

  private static boolean isSequence(String start) {
    int size = start.charAt(2) << 8 | start.charAt(3);
    for (int at = 8; at + 4 <= Math.min(size, start.length()); at += 4) {
      if (SEQUENCE_BRANDS.contains(start.substring(at, at + 4))) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of the file's boxes holds tracks. */
  private static boolean hasMovie(InputStream in, boolean whole) throws IOException {
    DataInputStream boxes = new DataInputStream(in);
    try {
      while (true) {
        long size = Integer.toUnsignedLong(boxes.readInt());
        int type = boxes.readInt();
        int header = BOX_HEADER_BYTES;
        if (type == MOVIE) {
          return true;
        }
        if (size == 1) {
          size = boxes.readLong();
          header = LONG_BOX_HEADER_BYTES;
        }
        if (size < header) {
          return false;
        }
        boxes.skipNBytes(size - header);
      }
    } catch (EOFException e) {
      return !whole;
    }
  }
}
