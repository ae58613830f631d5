package io.framewarden.testkit.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A synthetic video with ground truth: it is known who is where at every time.
 *
 * @param name of the scene
 * @param seconds how long it is
 * @param portrait whether it was filmed by a phone held upright: frames are stored on their side,
 *     with a display matrix
 * @param cutSecond when another room is shown; infinite where there is none
 * @param people second to those who are visible, those behind first
 */
public record SyntheticScene(
    String name,
    double seconds,
    boolean portrait,
    double cutSecond,
    DoubleFunction<List<Person>> people) {
  /** Frames a second: as many as are sampled of a long video. */
  public static final double FPS = 4;

  private static final double NO_CUT = Double.POSITIVE_INFINITY;
  private static final int LONG_SIDE = 960;
  private static final int SHORT_SIDE = 540;
  private static final double SIZE = 180;
  private static final double FLASH_LEVELS = 55;
  private static final double FLASH_SECOND = 4;

  /** A person at some time. */
  public record Person(int id, DrawnFace face) {}

  /** Every scene. */
  public static List<SyntheticScene> all() {
    return List.of(crossing(), cut(), entering(), phone(), tiny(), flash());
  }

  /** Two people pass each other; in the middle one occludes much of the other. */
  public static SyntheticScene crossing() {
    return landscape(
        "crossing",
        5,
        second ->
            List.of(
                person(0, 130 + 140 * second, 235, SIZE),
                person(1, 830 - 140 * second, 290, SIZE)));
  }

  /** After three seconds another person in another room, at the same position. */
  public static SyntheticScene cut() {
    return new SyntheticScene(
        "cut",
        6,
        false,
        3,
        second -> List.of(person(second < 3 ? 0 : 1, 480 + 20 * second, 270, SIZE)));
  }

  /** One person stays, another enters from the side, stops and leaves again. */
  public static SyntheticScene entering() {
    return landscape(
        "entering",
        8,
        second -> {
          List<Person> visible = new ArrayList<>(List.of(person(0, 250, 270, SIZE)));
          double x = second < 3.5 ? 1130 - 240 * (second - 2) : 770 + 240 * (second - 5.5);
          if (second > 2.5 && second < 6.5) {
            visible.add(person(1, second < 3.5 || second > 5.5 ? x : 770, 270, SIZE));
          }
          return visible;
        });
  }

  /** Filmed by a phone held upright: stored on its side, with a display matrix. */
  public static SyntheticScene phone() {
    return new SyntheticScene(
        "phone",
        5,
        true,
        NO_CUT,
        second -> List.of(person(0, 270 + 20 * Math.sin(second), 400 + 20 * second, 230)));
  }

  /** One person near, and one far away whose face is 40 pixels wide. */
  public static SyntheticScene tiny() {
    return landscape(
        "tiny",
        5,
        second ->
            List.of(person(0, 300 + 10 * second, 280, SIZE), person(1, 760, 180 + 5 * second, 40)));
  }

  /** One frame of a person who moves quickly is far brighter than the others. */
  public static SyntheticScene flash() {
    return landscape("flash", 6, second -> List.of(person(0, 200 + 90 * second, 270, SIZE)));
  }

  private static SyntheticScene landscape(
      String name, double seconds, DoubleFunction<List<Person>> people) {
    return new SyntheticScene(name, seconds, false, NO_CUT, people);
  }

  private static Person person(int id, double x, double y, double size) {
    return new Person(id, new DrawnFace(x, y, size));
  }

  /** Width of the upright frame, pixels. */
  public int width() {
    return portrait ? SHORT_SIDE : LONG_SIDE;
  }

  /** Height of the upright frame, pixels. */
  public int height() {
    return portrait ? LONG_SIDE : SHORT_SIDE;
  }

  /** How many scene cuts it has. */
  public int cuts() {
    return cutSecond < seconds ? 1 : 0;
  }

  /** How many frames it has. */
  public int frames() {
    return (int) Math.round(seconds * FPS);
  }

  /** The upright frame of a number, gray8, full range. */
  public byte[] frame(int index) {
    double second = index / FPS;
    DrawnFrame canvas = new DrawnFrame(width(), height());
    drawRoom(canvas, second >= cutSecond);
    for (Person person : people.apply(second)) {
      person.face().drawOn(canvas);
    }
    canvas.blur(1);
    canvas.noise(2.0, index);
    byte[] pixels = canvas.pixels();
    if (name.equals("flash") && second == FLASH_SECOND) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) Math.min(255, (pixels[i] & 0xff) + FLASH_LEVELS);
      }
    }
    return pixels;
  }

  private static void drawRoom(DrawnFrame canvas, boolean afterCut) {
    double width = canvas.width();
    double height = canvas.height();
    if (afterCut) {
      canvas.ellipse(width * 0.15, height * 0.6, width * 0.12, height * 0.6, 30);
      canvas.ellipse(width * 0.85, height * 0.3, width * 0.15, height * 0.35, 215);
      canvas.ellipse(width * 0.6, height, width * 0.2, height * 0.15, 170);
    } else {
      canvas.ellipse(width * 0.1, height * 0.15, width * 0.3, height * 0.2, 200);
      canvas.ellipse(width * 0.85, height * 0.95, width * 0.35, height * 0.2, 40);
    }
  }

  /** Writes the video, MPEG-4 in the container that the file's extension names. */
  public Path write(Path file) throws IOException {
    return SyntheticVideo.frames(
        file,
        VideoFormat.mpeg4().withRotation(portrait ? 90 : 0),
        LONG_SIDE,
        SHORT_SIDE,
        FPS,
        frames(),
        index -> SyntheticVideo.toLimitedRange(portrait ? transpose(frame(index)) : frame(index)));
  }

  /** The stored frame that a player rotates clockwise by 90 degrees to show the upright one. */
  private byte[] transpose(byte[] upright) {
    byte[] stored = new byte[upright.length];
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        stored[(width() - 1 - x) * height() + y] = upright[y * width() + x];
      }
    }
    return stored;
  }
}
