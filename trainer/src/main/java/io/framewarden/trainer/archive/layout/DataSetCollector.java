package io.framewarden.trainer.archive.layout;

import io.framewarden.trainer.archive.PersonGroups;
import io.framewarden.trainer.archive.PersonGroups.Side;
import io.framewarden.trainer.archive.export.ArchiveInput;
import io.framewarden.trainer.archive.export.ArchiveInputs;
import io.framewarden.trainer.archive.export.ArchiveSource;
import io.framewarden.trainer.archive.export.MediaFile;
import io.framewarden.trainer.archive.export.SkippedFile;
import io.framewarden.v1.FaceLabel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Collects what a data set holds, and splits what its makers have not split. One thread.
 *
 * <p>A file without a split of its own goes to the side of its people's group. Two exceptions keep
 * a makers' split what it is: a file that shows one of its people is left out, since it would
 * either leak or change the test set that metrics are published on; and where there is a test list
 * nothing else becomes test.
 */
final class DataSetCollector {
  private record Entry(Path path, String name, FaceLabel label) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<SkippedFile> skipped = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final PersonGroups people = new PersonGroups();

  /**
   * Adds a real video or photograph.
   *
   * @param split train, validation or test, or empty where the data set does not say
   */
  void real(Path root, Path file, String person, String split) {
    add(root, file, FaceLabel.newBuilder().setDomain("real").setIdentity(person), split);
  }

  /**
   * Adds a forged one.
   *
   * @param target whose video or photograph it is
   * @param source whose face was put in; empty where nobody's, or unknown
   */
  void fake(Path root, Path file, String method, String target, String source, String split) {
    add(
        root,
        file,
        FaceLabel.newBuilder()
            .setFake(true)
            .setDomain(method)
            .setIdentity(target)
            .setSourceIdentity(source),
        split);
  }

  /** Keeps people on one side although no face shows both. */
  void link(String one, String other) {
    people.link(one, other);
  }

  /** Adds a file to those that are left out. */
  void skip(Path root, Path file, String reason, String message) {
    skipped.add(new SkippedFile(MediaFile.relativeName(root, file), reason, message));
  }

  /**
   * Everything that was added, in the order of the names.
   *
   * @throws LayoutException when the data set puts a person on two sides
   */
  ArchiveInputs inputs() throws LayoutException {
    Map<String, String> placed = placed();
    boolean hasTest = placed.containsValue(lower(Side.TEST));
    List<Entry> open = new ArrayList<>();
    List<ArchiveInput> files = new ArrayList<>();
    for (Entry entry : entries) {
      if (!entry.label().getSplit().isEmpty()) {
        files.add(input(entry, entry.label()));
      } else if (persons(entry).anyMatch(placed::containsKey)) {
        skipped.add(
            new SkippedFile(
                entry.name(),
                SkippedFile.TEST_PERSON,
                "shows a person of the official split without being in it"));
      } else {
        open.add(entry);
        linkPeopleOf(entry.label());
      }
    }
    for (Entry entry : open) {
      Side side = PersonGroups.side(people.group(entry.label().getIdentity()));
      Side kept = side == Side.TEST && hasTest ? Side.VALIDATION : side;
      files.add(input(entry, entry.label().toBuilder().setSplit(lower(kept)).build()));
    }
    files.sort(Comparator.comparing(ArchiveInput::name));
    return new ArchiveInputs(files, skipped);
  }

  /** The sides that the data set itself gives people. */
  private Map<String, String> placed() throws LayoutException {
    Map<String, String> placed = new HashMap<>();
    for (Entry entry : entries) {
      String split = entry.label().getSplit();
      for (String person : split.isEmpty() ? List.<String>of() : persons(entry).toList()) {
        String before = placed.putIfAbsent(person, split);
        if (before != null && !before.equals(split)) {
          throw new LayoutException(
              entry.path(),
              person
                  + " is in the splits "
                  + before
                  + " and "
                  + split
                  + "; a person belongs to one: move or remove the files of one of them");
        }
      }
    }
    return placed;
  }

  private void linkPeopleOf(FaceLabel label) {
    if (!label.getSourceIdentity().isEmpty()) {
      people.link(label.getIdentity(), label.getSourceIdentity());
    }
  }

  private static Stream<String> persons(Entry entry) {
    return Stream.of(entry.label().getIdentity(), entry.label().getSourceIdentity())
        .filter(person -> !person.isEmpty());
  }

  private static ArchiveInput input(Entry entry, FaceLabel label) {
    return new ArchiveInput(
        ArchiveSource.of(entry.path()), entry.name(), MediaFile.isPhotograph(entry.name()), label);
  }

  private void add(Path root, Path file, FaceLabel.Builder label, String split) {
    String name = MediaFile.relativeName(root, file);
    if (!names.add(name)) {
      name = root.toAbsolutePath().normalize().getFileName() + "/" + name;
      names.add(name);
    }
    entries.add(
        new Entry(file, name, label.setLabelled(true).setSource(name).setSplit(split).build()));
  }

  private static String lower(Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }
}
