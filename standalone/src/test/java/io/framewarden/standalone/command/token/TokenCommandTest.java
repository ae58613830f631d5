package io.framewarden.standalone.command.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
  @TempDir Path folder;

  @Test
  void createsListsAndRevokes() throws Exception {
    Path file = folder.resolve("tokens.json");
    String at = "--file=" + file;
    CommandRun created = CommandRun.of(FramewardenMain::run, "token", "create", "site", at);
    assertEquals(0, created.status(), created.err());
    assertTrue(created.out().matches("fw_[A-Za-z0-9_-]{43}\\R"), created.out());
    assertEquals(
        0,
        CommandRun.of(FramewardenMain::run, "token", "create", "mo", "--role", "moderator", at)
            .status());
    assertFalse(Files.readString(file).contains(created.out().strip()));
    String list = CommandRun.of(FramewardenMain::run, "token", "list", at).out();
    assertTrue(list.contains("site  uploader"), list);
    assertTrue(list.contains("moderator"), list);
    assertEquals(2, CommandRun.of(FramewardenMain::run, "token", "create", "site", at).status());
    assertEquals(0, CommandRun.of(FramewardenMain::run, "token", "revoke", "site", at).status());
    assertFalse(CommandRun.of(FramewardenMain::run, "token", "list", at).out().contains("site"));
    assertEquals(2, CommandRun.of(FramewardenMain::run, "token", "revoke", "site", at).status());
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens.json"), "no json");
    CommandRun answer = CommandRun.of(FramewardenMain::run, "token", "list", "--file=" + file);
    assertEquals(1, answer.status());
    assertTrue(answer.err().contains("is not a file of tokens"), answer.err());
  }
}
