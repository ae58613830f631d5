package io.framewarden.trainer.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run's losses, one line of CSV a step: what learning curves are drawn from. A run that goes on
 * from a checkpoint drops the lines of the steps that it does again, so that the log is that of a
 * run which was never stopped. Called by the training thread; closed by its owner.
 */
public final class LossLog implements TrainingListener, AutoCloseable {
  private static final String STEP = "step";
  private static final String SPEED = "faces_per_second";

  private final Path file;
  private List<String> terms;
  private Writer writer;

  /**
   * One step's line.
   *
   * @param step from 1
   * @param losses the unweighted terms by name and their weighted sum as {@code total}
   * @param facesPerSecond since the run was started or resumed
   */
  public record Line(long step, Map<String, Double> losses, double facesPerSecond) {}

  /**
   * @param file nothing is written before the first step is done
   */
  public LossLog(Path file) {
    this.file = file;
  }

  /**
   * The lines of a log, rising; none when there is no file. A line that a crash cut short is left
   * out.
   *
   * @throws IOException when the file cannot be read or is no such log
   */
  public static List<Line> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> rows = Files.readAllLines(file);
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> names = List.of(rows.get(0).split(",", -1));
    if (!names.get(0).equals(STEP) || !names.get(names.size() - 1).equals(SPEED)) {
      throw new IOException(file + ": no log of losses: its first line is " + rows.get(0));
    }
    List<Line> lines = new ArrayList<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] values = row.split(",", -1);
      if (values.length == names.size() && !values[values.length - 1].isEmpty()) {
        lines.add(line(names, values));
      }
    }
    return lines;
  }

  private static Line line(List<String> names, String[] values) {
    Map<String, Double> losses = new TreeMap<>();
    for (int i = 1; i < values.length - 1; i++) {
      losses.put(names.get(i), Double.parseDouble(values[i]));
    }
    return new Line(
        Long.parseLong(values[0]), losses, Double.parseDouble(values[values.length - 1]));
  }

  @Override
  public void onStep(TrainingProgress progress) {
    try {
      if (writer == null) {
        begin(progress);
      }
      StringBuilder row = new StringBuilder().append(progress.step());
      terms.forEach(term -> row.append(',').append(progress.losses().get(term)));
      row.append(',').append((float) progress.facesPerSecond()).append('\n');
      writer.write(row.toString());
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the losses cannot be written", e);
    }
  }

  private void begin(TrainingProgress progress) throws IOException {
    terms = List.copyOf(progress.losses().keySet());
    List<String> kept = new ArrayList<>();
    kept.add(STEP + "," + String.join(",", terms) + "," + SPEED);
    if (Files.exists(file)) {
      for (String row : Files.readAllLines(file)) {
        String[] values = row.split(",", -1);
        if (values.length == terms.size() + 2 && isBefore(values[0], progress.step())) {
          kept.add(row);
        }
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, kept);
    writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
  }

  private static boolean isBefore(String step, long first) {
    // The header is no number; a torn line has too few columns and does not come here.
    return step.chars().allMatch(Character::isDigit) && Long.parseLong(step) < first;
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
