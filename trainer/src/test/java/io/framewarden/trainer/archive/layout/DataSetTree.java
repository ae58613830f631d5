package io.framewarden.trainer.archive.layout;

import io.framewarden.trainer.archive.export.ArchiveInput;
import io.framewarden.trainer.archive.export.ArchiveInputs;
import io.framewarden.trainer.archive.export.SkippedFile;
import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A data set by the names of its files; nothing is in them. */
record DataSetTree(Path root) {

  DataSetTree files(String... names) throws IOException {
    for (String name : names) {
      write(name, "");
    }
    return this;
  }

  DataSetTree write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  ArchiveInputs read(Layout layout) throws IOException {
    return layout.read(List.of(root), Compression.C23);
  }

  static Map<String, FaceLabel> labels(ArchiveInputs inputs) {
    Map<String, FaceLabel> labels = new TreeMap<>();
    for (ArchiveInput file : inputs.files()) {
      labels.put(file.name(), file.label());
    }
    return labels;
  }

  /** Names of skipped files and why. */
  static Map<String, String> skipped(ArchiveInputs inputs) {
    return inputs.skipped().stream()
        .collect(Collectors.toMap(SkippedFile::file, SkippedFile::reason));
  }

  /** Label, domain, target, source and split in one line. */
  static String line(FaceLabel label) {
    return String.join(
        " ",
        label.getFake() ? "fake" : "real",
        label.getDomain(),
        label.getIdentity(),
        label.getSourceIdentity().isEmpty() ? "-" : label.getSourceIdentity(),
        label.getSplit());
  }
}
