package io.framewarden.trainer.archive;

import io.framewarden.schemas.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * People who must stay on one side of a split, since some face shows two of them: a swap links the
 * person whose video it is to the person whose face was put in. Groups are the connected components
 * of these links (union-find). Not safe for several threads.
 */
public final class PersonGroups {
  private static final int VALIDATION_PERCENT = 10;
  private static final int TEST_PERCENT = 10;

  /** The parts of a data set; a label names them in lower case. */
  public enum Side {
    TRAIN,
    VALIDATION,
    TEST
  }

  /** From a person to a parent in its group; the root is the group's first member by name. */
  private final Map<String, String> parents = new HashMap<>();

  /** Puts two people into one group. */
  public void link(String one, String other) {
    String a = group(one);
    String b = group(other);
    if (!a.equals(b)) {
      boolean inOrder = a.compareTo(b) < 0;
      parents.put(inOrder ? b : a, inOrder ? a : b);
    }
  }

  /** The group of a person: its first member by name, in whatever order the links came. */
  public String group(String person) {
    String first = person;
    for (String next = parents.get(first); next != null; next = parents.get(first)) {
      first = next;
    }
    // Path compression: the next search is short.
    for (String at = person; !at.equals(first); ) {
      String next = parents.put(at, first);
      at = next == null ? first : next;
    }
    return first;
  }

  /**
   * The side of a group by a hash of its name: about 80 % train, 10 % validation, 10 % test. The
   * hash has no seed, so that the test people of one run are never the training people of another.
   */
  public static Side side(String group) {
    long percent = hash(group) % 100;
    if (percent < TEST_PERCENT) {
      return Side.TEST;
    }
    return percent < TEST_PERCENT + VALIDATION_PERCENT ? Side.VALIDATION : Side.TRAIN;
  }

  /** An order of groups that depends on nothing but their names, and follows no pattern in them. */
  public static Comparator<String> byHash() {
    return Comparator.comparingLong(PersonGroups::hash).thenComparing(Comparator.naturalOrder());
  }

  private static long hash(String group) {
    String digest = Sha256.of(group.getBytes(StandardCharsets.UTF_8));
    return Long.parseLong(digest.substring(0, 12), 16);
  }
}
