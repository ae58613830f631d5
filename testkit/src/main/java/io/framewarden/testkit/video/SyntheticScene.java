package io.framewarden.testkit.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleToIntFunction;

/**
 * A made video of people of whom it is known who is where at every time.
 *
 * @param name of the scene
 * @param width of the upright frame
 * @param height of the upright frame
 * @param seconds how long it is
 * @param cuts changes of room
 * @param turn degrees clockwise by which a player must turn the stored frame
 * @param room second to the number of the room
 * @param people second to those who can be seen, those behind first
 */
public record SyntheticScene(
    String name,
    int width,
    int height,
    double seconds,
    int cuts,
    int turn,
    DoubleToIntFunction room,
    DoubleFunction<List<Person>> people) {
  /** Frames a second: as many as are sampled of a long video. */
  public static final double FPS = 4;

  private static final int WIDTH = 960;
  private static final int HEIGHT = 540;
  private static final double SIZE = 180;
  private static final double LIGHT = 55;
  private static final double FLASH_AT = 4;

  /** Somebody at some time. */
  public record Person(int id, DrawnFace face) {}

  /** Every scene. */
  public static List<SyntheticScene> all() {
    return List.of(crossing(), cut(), entering(), phone(), tiny(), flash());
  }

  /** Two people pass each other; in the middle one hides much of the other. */
  public static SyntheticScene crossing() {
    return still(
        "crossing",
        5,
        second ->
            List.of(
                person(0, 130 + 140 * second, 235, SIZE),
                person(1, 830 - 140 * second, 290, SIZE)));
  }

  /** After three seconds another person in another room, at the same place. */
  public static SyntheticScene cut() {
    return new SyntheticScene(
        "cut",
        WIDTH,
        HEIGHT,
        6,
        1,
        0,
        second -> second < 3 ? 0 : 1,
        second -> List.of(person(second < 3 ? 0 : 1, 480 + 20 * second, 270, SIZE)));
  }

  /** Somebody stays, somebody else comes in from the side, stops and leaves again. */
  public static SyntheticScene entering() {
    return still(
        "entering",
        8,
        second -> {
          List<Person> seen = new ArrayList<>(List.of(person(0, 250, 270, SIZE)));
          double x = second < 3.5 ? 1130 - 240 * (second - 2) : 770 + 240 * (second - 5.5);
          if (second > 2.5 && second < 6.5) {
            seen.add(person(1, second < 3.5 || second > 5.5 ? x : 770, 270, SIZE));
          }
          return seen;
        });
  }

  /** A phone held upright: stored on its side, with a display matrix. */
  @SuppressWarnings("ArgumentSelectionDefectChecker") // it lies on its side
  public static SyntheticScene phone() {
    return new SyntheticScene(
        "phone",
        HEIGHT,
        WIDTH,
        5,
        0,
        90,
        second -> 0,
        second -> List.of(person(0, 270 + 20 * Math.sin(second), 400 + 20 * second, 230)));
  }

  /** Somebody near, and somebody far away whose face has 40 pixels. */
  public static SyntheticScene tiny() {
    return still(
        "tiny",
        5,
        second ->
            List.of(person(0, 300 + 10 * second, 280, SIZE), person(1, 760, 180 + 5 * second, 40)));
  }

  /** One frame of somebody who moves quickly is far brighter than the others. */
  public static SyntheticScene flash() {
    return still("flash", 6, second -> List.of(person(0, 200 + 90 * second, 270, SIZE)));
  }

  private static SyntheticScene still(
      String name, double seconds, DoubleFunction<List<Person>> people) {
    return new SyntheticScene(name, WIDTH, HEIGHT, seconds, 0, 0, second -> 0, people);
  }

  private static Person person(int id, double x, double y, double size) {
    return new Person(id, new DrawnFace(x, y, size));
  }

  /** How many frames it has. */
  public int frames() {
    return (int) Math.round(seconds * FPS);
  }

  /** The upright frame of a number, gray8, full range. */
  public byte[] frame(int index) {
    double second = index / FPS;
    DrawnFrame canvas = new DrawnFrame(width, height);
    furnish(canvas, room.applyAsInt(second));
    for (Person person : people.apply(second)) {
      person.face().drawOn(canvas);
    }
    canvas.blur(1);
    canvas.noise(2.0, index);
    byte[] pixels = canvas.pixels();
    if (name.equals("flash") && second == FLASH_AT) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) Math.min(255, (pixels[i] & 0xff) + LIGHT);
      }
    }
    return pixels;
  }

  private static void furnish(DrawnFrame canvas, int room) {
    double width = canvas.width();
    double height = canvas.height();
    if (room == 0) {
      canvas.ellipse(width * 0.1, height * 0.15, width * 0.3, height * 0.2, 200);
      canvas.ellipse(width * 0.85, height * 0.95, width * 0.35, height * 0.2, 40);
    } else {
      canvas.ellipse(width * 0.15, height * 0.6, width * 0.12, height * 0.6, 30);
      canvas.ellipse(width * 0.85, height * 0.3, width * 0.15, height * 0.35, 215);
      canvas.ellipse(width * 0.6, height, width * 0.2, height * 0.15, 170);
    }
  }

  /** Writes it, MPEG-4 in the container that the file's ending asks for. */
  public Path write(Path file) throws IOException {
    boolean turned = turn == 90;
    return SyntheticVideo.frames(
        file,
        VideoFormat.mpeg4().rotated(turn),
        turned ? height : width,
        turned ? width : height,
        FPS,
        frames(),
        index -> SyntheticVideo.limited(turned ? onItsSide(frame(index)) : frame(index)));
  }

  /** What a player that turns clockwise by 90 degrees must be given. */
  private byte[] onItsSide(byte[] upright) {
    byte[] stored = new byte[upright.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        stored[(width - 1 - x) * height + y] = upright[y * width + x];
      }
    }
    return stored;
  }
}
