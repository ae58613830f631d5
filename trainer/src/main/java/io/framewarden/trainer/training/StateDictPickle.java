package io.framewarden.trainer.training;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads the pickles of a PyTorch state dict. A pickle may name any class and have it called: this
 * one knows what a dictionary of tensors needs and refuses everything else by name. Nothing that a
 * file says is ever looked up among Java's classes. Used for one file, by one thread.
 */
final class StateDictPickle extends Unpickler {

  private static final String STORAGE = "storage";
  private static final String TORCH = "torch.";
  private static final String STORAGE_TYPE = "Storage";

  /** The name of a storage's class, which is never called. */
  private record StorageType(String name) implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
      throw new PickleException(TORCH + name + " is called, which no state dict does");
    }
  }

  private final Map<String, TensorStorage> storages = new HashMap<>();

  /** Every storage that was referred to so far, by its key. */
  Map<String, TensorStorage> storages() {
    return storages;
  }

  /**
   * Reads the next object of a stream.
   *
   * @throws IOException if the stream ends early, is no pickle, or holds what no state dict does
   */
  Object next(InputStream stream) throws IOException {
    try {
      return load(stream);
    } catch (RuntimeException e) {
      // The library answers to malformed input with whatever it stumbles over.
      throw new IOException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.GLOBAL -> {
        String module = PickleUtils.readline(input);
        stack.add(known(module, PickleUtils.readline(input)));
      }
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        stack.add(known((String) stack.pop(), name));
      }
      // The attributes of a dictionary: versions of modules, which no weight depends on.
      case Opcodes.BUILD -> stack.pop();
      // Other ways to an object, past the names above.
      case Opcodes.INST, Opcodes.OBJ, Opcodes.NEWOBJ, Opcodes.NEWOBJ_EX, Opcodes.PERSID ->
          throw new PickleException(
              "it builds objects by opcode " + opcode + ", no state dict does");
      default -> {
        return super.dispatch(opcode);
      }
    }
    return NO_RETURN_VALUE;
  }

  private static IObjectConstructor known(String module, String name) {
    String full = module + "." + name;
    return switch (full) {
      case "collections.OrderedDict" -> StateDictPickle::dictionary;
      case "torch._utils._rebuild_tensor_v2" -> StateDictPickle::view;
      case "torch._utils._rebuild_parameter" -> arguments -> (TensorView) arguments[0];
      default -> {
        if (full.startsWith(TORCH) && full.lastIndexOf('.') == 5 && name.endsWith(STORAGE_TYPE)) {
          yield new StorageType(name);
        }
        throw new PickleException("it holds " + full + "; only tensors and dictionaries are read");
      }
    };
  }

  private static Map<Object, Object> dictionary(Object[] arguments) {
    if (arguments.length > 0) {
      throw new PickleException("a dictionary is made with " + Arrays.toString(arguments));
    }
    return new LinkedHashMap<>();
  }

  /** Arguments: storage, offset, shape, stride, and what only training needs. */
  private static TensorView view(Object[] arguments) {
    long offset = ((Number) arguments[1]).longValue();
    return new TensorView(
        (TensorStorage) arguments[0], offset, longs(arguments[2]), longs(arguments[3]));
  }

  private static long[] longs(Object tuple) {
    return Arrays.stream((Object[]) tuple)
        .mapToLong(value -> ((Number) value).longValue())
        .toArray();
  }

  /** A tuple ("storage", class, key, device, size) and, in old files, a part of another storage. */
  @Override
  protected Object persistentLoad(Object id) {
    Object[] tuple = (Object[]) id;
    if (!STORAGE.equals(tuple[0])) {
      throw new PickleException("it refers to " + tuple[0] + ", not to a storage");
    }
    if (tuple.length > 5 && tuple[5] != null) {
      throw new PickleException("storage " + tuple[2] + " is a part of another one");
    }
    String type = ((StorageType) tuple[1]).name();
    TensorStorage storage =
        new TensorStorage(type, tuple[2].toString(), ((Number) tuple[4]).longValue());
    storages.put(storage.key(), storage);
    return storage;
  }
}
