package io.framewarden.trainer.archive.export;

import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/** Digest of everything that decides what is in an archive: only the same export is resumed. */
final class ExportDigest {
  private final MessageDigest digest = Sha256.start();

  private ExportDigest() {}

  static String of(
      FaceArchiveOptions options, ArchiveInputs inputs, String extraction, String landmarks) {
    ExportDigest all = new ExportDigest();
    all.add(extraction);
    all.add(options.extraction().sampling().text());
    all.add(TrackingPolicy.of(options.extraction().detector()).text());
    all.add(options.extraction().decoding().limits().toString());
    all.add(Boolean.toString(options.allFacesOfPhotographs()));
    all.add(landmarks);
    for (ArchiveInput input : inputs.files()) {
      all.add(input.name());
      all.add(size(input));
      all.add(input.label());
      for (Map.Entry<Integer, FaceLabel> track : input.trackLabels().entrySet()) {
        all.add(track.getKey().toString());
        all.add(track.getValue());
      }
    }
    return Sha256.finish(all.digest);
  }

  private static String size(ArchiveInput input) {
    try {
      return Long.toString(input.source().size());
    } catch (IOException e) {
      return "gone"; // the extraction will report it
    }
  }

  private void add(FaceLabel label) {
    add(label.toByteArray());
  }

  private void add(String text) {
    add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** With its length, so that no two lists of parts are the same bytes. */
  private void add(byte[] part) {
    digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(part);
  }
}
