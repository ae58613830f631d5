package io.framewarden.trainer.dataset;

import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.trainer.archive.FaceArchiveReader;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.FaceFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the labelled faces of an archive are, and what they are: 12 bytes a face, and one {@link
 * FaceAttributes} for all faces that share it.
 *
 * @param positions where each face's record begins, in bytes, rising
 * @param attributesOf each face's index in {@code attributes}
 * @param contentDigest digest of all labelled faces and their labels in order, without groups
 * @param unlabelled faces that were left out because they have no label
 */
record ArchiveIndex(
    long[] positions,
    int[] attributesOf,
    List<FaceAttributes> attributes,
    String contentDigest,
    long unlabelled) {

  /**
   * Reads an archive once, one face in memory at a time.
   *
   * @throws io.framewarden.trainer.archive.FaceArchiveException when it is damaged
   * @throws DatasetException when its faces are not all of one shape
   */
  static ArchiveIndex of(Path archive) throws IOException {
    Builder index = new Builder();
    try (FaceArchiveReader reader = new FaceArchiveReader(archive)) {
      for (Optional<ArchivedFace> face = reader.next(); face.isPresent(); face = reader.next()) {
        index.add(archive, reader.position(), face.get());
      }
    }
    return index.build();
  }

  /** Faces in it. */
  int size() {
    return positions.length;
  }

  private static final class Builder {
    private final Map<FaceAttributes, Integer> numbers = new HashMap<>();
    private final List<FaceAttributes> attributes = new ArrayList<>();
    private final MessageDigest content = Sha256.start();
    private long[] positions = new long[1024];
    private int[] attributesOf = new int[1024];
    private int size;
    private long unlabelled;
    private FaceShape shape;

    void add(Path archive, long position, ArchivedFace face) {
      if (!face.getLabel().getLabelled()) {
        unlabelled++;
        return;
      }
      checkShape(archive, face.getFrame());
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, size + size / 2);
        attributesOf = Arrays.copyOf(attributesOf, positions.length);
      }
      FaceAttributes own = FaceAttributes.of(face);
      positions[size] = position;
      attributesOf[size] = numbers.computeIfAbsent(own, this::number);
      size++;
      content.update(face.getFrame().getPixels().asReadOnlyByteBuffer());
      // Groups are for error rates: nothing that is trained depends on them.
      content.update(face.getLabel().toBuilder().clearGroups().build().toByteArray());
      content.update(face.getPhotograph().toByteArray());
    }

    private int number(FaceAttributes own) {
      attributes.add(own);
      return attributes.size() - 1;
    }

    ArchiveIndex build() {
      return new ArchiveIndex(
          Arrays.copyOf(positions, size),
          Arrays.copyOf(attributesOf, size),
          List.copyOf(attributes),
          Sha256.finish(content),
          unlabelled);
    }

    private void checkShape(Path archive, FaceFrame frame) {
      FaceShape own;
      try {
        own = FaceShape.of(frame);
      } catch (IllegalArgumentException e) {
        throw new DatasetException(
            archive + ": a face of " + frame.getVideoId() + ": " + e.getMessage(), e);
      }
      shape = shape == null ? own : shape;
      int bytes = frame.getPixels().size();
      if (!own.equals(shape) || bytes != own.bytes()) {
        throw new DatasetException(
            "%s: a face of %s is %s with %d bytes, others are %s; extract it again"
                .formatted(archive, frame.getVideoId(), own, bytes, shape));
      }
    }
  }
}
