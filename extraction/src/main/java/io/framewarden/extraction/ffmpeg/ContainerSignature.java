package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kind of a file by its first {@link #BYTES} bytes, whatever its name is. No native code. */
public enum ContainerSignature {
  MP4,
  MATROSKA,
  AVI,
  MPEG_TS,
  MPEG_PS,
  FLV,
  /** Windows Media, Ogg, RealMedia and MXF: videos, but not supported. */
  OTHER_VIDEO,
  /** With several frames, or with more bytes than those that were looked at. */
  GIF,
  /** A .png as {@link #GIF}. */
  APNG,
  /** FFmpeg does not read it. */
  ANIMATED_WEBP,
  STILL_IMAGE,
  /** HLS, concat scripts, SDP, DASH, playlists: they name other files. */
  PLAYLIST,
  EMPTY,
  UNKNOWN;

  /** How many of a file's first bytes decide. */
  public static final int BYTES = 1 << 16;

  /** How many of them decide for every kind that begins at the first one. */
  public static final int START_BYTES = 4096;

  /** The boxes that an .mp4 or .mov begins with, old QuickTime ones included. */
  private static final List<String> MP4_BOXES =
      List.of("ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "styp", "moof");

  private static final List<String> PLAYLISTS =
      List.of("#extm3u", "ffconcat", "v=0", "[playlist]", "[reference]", "file '", "file \"");

  /** The kind of a file. */
  public static ContainerSignature of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(BYTES));
    }
  }

  /** The kind of a file that begins with these bytes: {@link #BYTES} where it has as many. */
  public static ContainerSignature of(byte[] head) {
    return of(head, head.length < BYTES);
  }

  /**
   * The kind of a file that begins with these bytes.
   *
   * @param whole whether they are the whole file
   */
  public static ContainerSignature of(byte[] head, boolean whole) {
    if (head.length == 0) {
      return EMPTY;
    }
    String latin =
        new String(head, 0, Math.min(head.length, START_BYTES), StandardCharsets.ISO_8859_1);
    try {
      Optional<ContainerSignature> image = ImageSignature.of(new ByteArrayInputStream(head), whole);
      if (image.isPresent()) {
        return image.get();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory can always be read
    }
    ContainerSignature first = container(latin);
    ContainerSignature kind = first == UNKNOWN ? text(latin) : first;
    boolean packets = kind == UNKNOWN && TransportPackets.in(head).isPresent();
    return packets ? MPEG_TS : kind;
  }

  /** Why such a file is refused; empty when it may be decoded. */
  public Optional<FailureReason> refusal() {
    return switch (this) {
      case MP4, MATROSKA, AVI, MPEG_TS, MPEG_PS, FLV, GIF, APNG -> Optional.empty();
      case OTHER_VIDEO, ANIMATED_WEBP -> Optional.of(FailureReason.UNSUPPORTED_CONTAINER);
      case STILL_IMAGE -> Optional.of(FailureReason.STILL_IMAGE);
      case PLAYLIST -> Optional.of(FailureReason.PLAYLIST);
      case EMPTY -> Optional.of(FailureReason.EMPTY_INPUT);
      case UNKNOWN -> Optional.of(FailureReason.NOT_A_VIDEO);
    };
  }

  /** A message for the person whose file was refused: what is wrong and what to do. */
  public String explanation() {
    return switch (this) {
      case OTHER_VIDEO ->
          "this container is not read; convert the video to .mp4, .mov, .mkv, .webm, .avi or .ts";
      case ANIMATED_WEBP ->
          "an animated .webp is not read; convert it to .mp4, .gif or an animated .png";
      case STILL_IMAGE -> "the file is a still image, whatever its name says; upload a video";
      case PLAYLIST ->
          "the file is a playlist or script that names other files, which are never opened;"
              + " upload the video itself";
      case EMPTY -> "the file is empty; upload it again";
      default ->
          "the file does not begin like any video container; upload an .mp4, .mov, .mkv, .webm,"
              + " .avi, .flv, .ts or animated .gif file";
    };
  }

  private static ContainerSignature container(String latin) {
    if (latin.length() >= 8 && MP4_BOXES.contains(latin.substring(4, 8))) {
      return MP4;
    }
    if (latin.startsWith("\u001aE\u00df\u00a3")) {
      return MATROSKA;
    }
    if (latin.startsWith("RIFF") && latin.startsWith("AVI", 8)) {
      return AVI;
    }
    if (latin.startsWith("FLV\u0001")) {
      return FLV;
    }
    if (latin.startsWith("\0\0\u0001\u00ba")) {
      return MPEG_PS;
    }
    boolean other =
        latin.startsWith("0&\u00b2u\u008ef\u00cf\u0011")
            || latin.startsWith("OggS")
            || latin.startsWith(".RMF")
            || latin.startsWith("\u0006\u000e+4\u0002\u0005\u0001\u0001");
    return other ? OTHER_VIDEO : UNKNOWN;
  }

  private static ContainerSignature text(String latin) {
    String text = latin.startsWith("\u00ef\u00bb\u00bf") ? latin.substring(3) : latin;
    text = text.stripLeading().toLowerCase(Locale.ROOT);
    if (PLAYLISTS.stream().anyMatch(text::startsWith)) {
      return PLAYLIST;
    }
    if (text.startsWith("<")) {
      boolean list = text.contains("<mpd") || text.contains("<smil") || text.contains("<asx");
      return list ? PLAYLIST : text.contains("<svg") ? STILL_IMAGE : UNKNOWN;
    }
    return UNKNOWN;
  }
}
