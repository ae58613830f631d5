package io.framewarden.trainer.training;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The tensors of a file that PyTorch's {@code torch.save} wrote of a state dict, alone or under the
 * key {@code state_dict}: a zip archive with a pickle and a file for each storage, as PyTorch has
 * written since 1.6, or pickles one after the other with the storages behind them, as before.
 */
final class StateDict {

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /** How the number that stands first in older files begins. */
  private static final byte[] PICKLES = {(byte) 0x80, 2, (byte) 0x8a, 10};

  private static final String INDEX = "data.pkl";
  private static final String NESTED = "state_dict";

  private final Path file;
  private final Map<String, TensorView> views = new LinkedHashMap<>();
  private final Map<String, float[]> storages = new HashMap<>();

  private StateDict(Path file) {
    this.file = file;
  }

  /** Whether a file begins as one that PyTorch wrote. */
  static boolean isOne(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] begin = stream.readNBytes(ZIP.length);
      return Arrays.equals(begin, ZIP) || Arrays.equals(begin, PICKLES);
    }
  }

  /**
   * Reads the tensors of some names; what the others hold does not matter.
   *
   * @throws IOException if the file cannot be read, is none of the two kinds, or holds anything but
   *     tensors, whose class is named then
   */
  static TensorFile read(Path file, Predicate<String> wanted) throws IOException {
    StateDict content = new StateDict(file);
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
      stream.mark(ZIP.length);
      boolean zip = Arrays.equals(stream.readNBytes(ZIP.length), ZIP);
      stream.reset();
      if (zip) {
        content.readArchive(wanted);
      } else {
        content.readPickles(new DataInputStream(stream), wanted);
      }
      return content.tensors();
    } catch (IOException | ArithmeticException | ClassCastException e) {
      throw new IOException(file + " is not a state dict that PyTorch wrote: " + e.getMessage(), e);
    }
  }

  private void readArchive(Predicate<String> wanted) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry index =
          zip.stream()
              .filter(entry -> entry.getName().endsWith("/" + INDEX))
              .findFirst()
              .orElseThrow(() -> new IOException("there is no " + INDEX + " in it"));
      String folder = index.getName().substring(0, index.getName().length() - INDEX.length());
      try (InputStream stream = new BufferedInputStream(zip.getInputStream(index))) {
        choose(new StateDictPickle().next(stream), wanted);
      }
      for (TensorView view : views.values()) {
        String key = view.storage().key();
        ZipEntry data = zip.getEntry(folder + "data/" + key);
        if (data == null) {
          throw new IOException("storage " + key + " is missing");
        }
        if (!storages.containsKey(key)) {
          try (InputStream stream = zip.getInputStream(data)) {
            storages.put(key, view.storage().read(stream));
          }
        }
      }
    }
  }

  /** A number, a version, a machine, the dictionary, the storages' keys, the storages. */
  private void readPickles(DataInputStream stream, Predicate<String> wanted) throws IOException {
    StateDictPickle pickle = new StateDictPickle();
    for (int i = 0; i < 3; i++) {
      pickle.next(stream);
    }
    choose(pickle.next(stream), wanted);
    Set<String> used =
        views.values().stream().map(view -> view.storage().key()).collect(Collectors.toSet());
    for (Object key : (List<?>) pickle.next(stream)) {
      TensorStorage storage = pickle.storages().get(String.valueOf(key));
      long size = Long.reverseBytes(stream.readLong());
      if (storage == null || storage.size() != size) {
        throw new IOException("storage " + key + " of " + size + " numbers is not as announced");
      }
      if (used.contains(storage.key())) {
        storages.put(storage.key(), storage.read(stream));
      } else {
        storage.skip(stream);
      }
    }
  }

  private void choose(Object root, Predicate<String> wanted) throws IOException {
    Object content = root instanceof Map<?, ?> outer ? outer.get(NESTED) : null;
    if (!((content == null ? root : content) instanceof Map<?, ?> tensors)) {
      throw new IOException("it holds no dictionary");
    }
    for (Map.Entry<?, ?> entry : tensors.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (wanted.test(name)) {
        if (!(entry.getValue() instanceof TensorView view)) {
          throw new IOException(name + " is no tensor");
        }
        if (!view.storage().isFloat()) {
          throw new IOException("tensor " + name + " is not float32; convert the file");
        }
        views.put(name, view);
      }
    }
  }

  private TensorFile tensors() {
    Map<String, TensorFile.Tensor> tensors = new LinkedHashMap<>();
    views.forEach(
        (name, view) -> {
          float[] values = view.of(storages.get(view.storage().key()));
          tensors.put(name, new TensorFile.Tensor(view.shape(), values));
        });
    return new TensorFile(Map.of(), tensors);
  }
}
