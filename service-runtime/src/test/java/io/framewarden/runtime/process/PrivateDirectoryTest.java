package io.framewarden.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS) // no owners of files
class PrivateDirectoryTest {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final int SOMEBODY = 12_345;

  @TempDir Path folder;
  private Path shared;

  /** As /tmp is. */
  @BeforeEach
  void makeSharedFolder() throws IOException {
    shared = Files.createDirectory(folder.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);
  }

  @Test
  void isMadeForItsOwnerOnlyWithItsParents() throws IOException {
    Path made = PrivateDirectory.at(shared.resolve("cache/natives"));
    assertEquals(OWNER_ONLY, Files.getPosixFilePermissions(made));
    assertEquals(OWNER_ONLY, Files.getPosixFilePermissions(shared.resolve("cache")));
    assertEquals(made, PrivateDirectory.at(made), "it is ours the next time, too");
  }

  @Test
  void ofAnOlderVersionItIsClosedToReaders() throws IOException {
    Path older = make("older", "rwxr-xr-x");
    assertEquals(older.toRealPath(), PrivateDirectory.at(older));
    assertEquals(OWNER_ONLY, Files.getPosixFilePermissions(older));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwx----w-"})
  void isRefusedWhereOthersCouldWrite(String mode) throws IOException {
    assertRefused(make("open", mode), "written to by others");
  }

  @Test
  void aPlantedLinkIsNotFollowed() throws IOException {
    Path elsewhere = make("elsewhere", "rwx------");
    Path link = Files.createSymbolicLink(shared.resolve("link"), elsewhere);
    assertRefused(link, "is a link");
    Path nowhere = Files.createSymbolicLink(shared.resolve("nowhere"), folder.resolve("new"));
    assertRefused(nowhere, "is a link");
    assertTrue(Files.notExists(folder.resolve("new")), "the link's target was made");
    assertRefused(Files.createFile(shared.resolve("file")), "is a link or a file");
  }

  @Test
  void anotherUsersFolderIsRefused() throws IOException {
    Path planted = make("planted", "rwx------");
    give(planted);
    assertRefused(planted, "belongs to another user");
  }

  @Test
  void aFolderBelowAnotherUsersIsRefused() throws IOException {
    Path planted = make("planted", "rwxr-xr-x");
    Path inside = make("planted/inside", "rwx------");
    give(planted);
    assertRefused(inside, "belongs to another user");
    Path link = Files.createSymbolicLink(shared.resolve("link"), planted);
    assertRefused(link.resolve("inside"), "belongs to another user");
    Path fresh = PrivateDirectory.orFresh(inside);
    assertTrue(!fresh.startsWith(planted.toRealPath()), "its owner could replace " + fresh);
  }

  @Test
  void aFolderInAnotherUsersLinkIsRefused() throws IOException {
    Path ours = make("ours", "rwx------");
    Path link = Files.createSymbolicLink(shared.resolve("link"), ours);
    give(link);
    assertRefused(link.resolve("inside"), "belongs to another user");
  }

  @Test
  void aFolderInOneThatAllCanRenameInIsRefused() throws IOException {
    Files.setAttribute(shared, "unix:mode", 0777);
    assertRefused(shared.resolve("new"), "written to by others");
  }

  @Test
  void whatIsNotOursIsReplacedByOneOfAnotherName() throws IOException {
    Path planted = make("planted", "rwxrwxrwx");
    Path fresh = PrivateDirectory.orFresh(planted);
    assertNotEquals(planted.toRealPath(), fresh);
    assertEquals(OWNER_ONLY, Files.getPosixFilePermissions(fresh));
    assertEquals(fresh, PrivateDirectory.orFresh(planted), "the same for the whole process");
    assertEquals(fresh, PrivateDirectory.claim(planted), "what is in a shared folder is checked");
  }

  @Test
  void workGoesNowhereThatSomebodyPlanted() throws IOException {
    Path elsewhere = make("elsewhere", "rwx------");
    Path link = Files.createSymbolicLink(shared.resolve("work"), elsewhere);
    try (WorkDirectory work = WorkDirectory.in(link)) {
      assertTrue(!work.path().startsWith(elsewhere.toRealPath()), work.path().toString());
      assertEquals(OWNER_ONLY, Files.getPosixFilePermissions(work.path().getParent()));
    }
  }

  @Test
  void aLockIsNoLinkAndNotReadByOthers() throws IOException {
    Path target = folder.resolve("target");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertThrows(IOException.class, () -> FileLocks.open(link).close());
    assertTrue(Files.notExists(target));
    Path file = folder.resolve("lock");
    FileLocks.open(file).close();
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
  }

  private Path make(String name, String mode) throws IOException {
    Path made = Files.createDirectory(shared.resolve(name));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
  }

  private void assertRefused(Path path, String why) {
    IOException refused = assertThrows(IOException.class, () -> PrivateDirectory.at(path));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  private static void give(Path path) throws IOException {
    boolean root = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    assumeTrue(root, "only root can give a folder to another user");
    Files.setAttribute(path, "unix:uid", SOMEBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
  }
}
