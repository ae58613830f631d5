package io.framewarden.benchmarks.faces;

import io.framewarden.testkit.video.DrawnFace;
import io.framewarden.testkit.video.SyntheticScene;
import io.framewarden.v1.Box;
import io.framewarden.v1.FaceFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the face frames of one scene with its ground truth. A face belongs to the person whose
 * square, as wide as the drawn face, it overlaps most, by at least {@value #MIN_OVERLAP}. One
 * thread.
 */
final class SceneTally {
  static final double MIN_OVERLAP = 0.3;

  private final SyntheticScene scene;
  private final Map<Integer, Integer> personOfTrack = new HashMap<>();
  private final Set<List<Integer>> tracksOfPeople = new HashSet<>();
  private final Set<List<Long>> found = new HashSet<>();
  private int falseFaces;
  private int swaps;
  private double overlaps;
  private int matched;

  SceneTally(SyntheticScene scene) {
    this.scene = scene;
  }

  /** Takes the frames of the scene, in order. */
  void add(FaceFrame frame) {
    Optional<SyntheticScene.Person> person = personOf(frame);
    if (person.isEmpty()) {
      falseFaces++;
      return;
    }
    int id = person.get().id();
    overlaps += overlap(frame.getBox(), person.get().face());
    matched++;
    found.add(List.of(frame.getFrameIndex(), (long) id));
    tracksOfPeople.add(List.of(id, frame.getTrackId()));
    Integer before = personOfTrack.put(frame.getTrackId(), id);
    swaps += before != null && before != id ? 1 : 0;
  }

  /** The counts by name, each with a prefix. */
  Map<String, Double> measurements(String prefix, int cuts) {
    int faces = 0;
    Set<Integer> people = new HashSet<>();
    for (int i = 0; i < scene.frames(); i++) {
      List<SyntheticScene.Person> visible = scene.people().apply(i / SyntheticScene.FPS);
      faces += visible.size();
      visible.forEach(person -> people.add(person.id()));
    }
    Map<String, Double> measured = new HashMap<>();
    measured.put(prefix + "Found", (double) found.size() / faces);
    measured.put(prefix + "False", (double) falseFaces);
    measured.put(prefix + "Swaps", (double) swaps);
    measured.put(prefix + "TracksPerPerson", (double) tracksOfPeople.size() / people.size());
    measured.put(prefix + "CutsMissedOrInvented", (double) Math.abs(cuts - scene.cuts()));
    if (matched > 0) {
      measured.put(prefix + "Overlap", overlaps / matched);
    }
    return measured;
  }

  private Optional<SyntheticScene.Person> personOf(FaceFrame frame) {
    List<SyntheticScene.Person> near =
        new ArrayList<>(scene.people().apply(frame.getPtsUs() / 1e6));
    near.removeIf(person -> overlap(frame.getBox(), person.face()) < MIN_OVERLAP);
    near.sort(
        (a, b) ->
            Double.compare(overlap(frame.getBox(), b.face()), overlap(frame.getBox(), a.face())));
    return near.stream().findFirst();
  }

  private static double overlap(Box box, DrawnFace face) {
    double left = face.x() - face.size() / 2;
    double top = face.y() - face.size() / 2;
    double across =
        Math.min(box.getX() + box.getWidth(), left + face.size()) - Math.max(box.getX(), left);
    double down =
        Math.min(box.getY() + box.getHeight(), top + face.size()) - Math.max(box.getY(), top);
    double shared = Math.max(0, across) * Math.max(0, down);
    return shared / (box.getWidth() * box.getHeight() + face.size() * face.size() - shared);
  }
}
