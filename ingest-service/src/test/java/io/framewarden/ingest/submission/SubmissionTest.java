package io.framewarden.ingest.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubmissionTest {
  @Test
  void aKeyAndItsSubmitterMakeOneId() {
    String id = Submission.idOf("site", "order-1");
    assertEquals(id, Submission.idOf("site", "order-1"));
    assertNotEquals(id, Submission.idOf("site", "order-2"));
    assertNotEquals(id, Submission.idOf("other", "order-1"));
    assertNotEquals(Submission.idOf("a", "b1"), Submission.idOf("ab", "1"));
    assertEquals(8, UUID.fromString(id).version());
    assertEquals(2, UUID.fromString(id).variant());
  }

  @Test
  void namesBecomeHarmless() {
    assertEquals("passwd", FileNames.harmless("../../etc/passwd"));
    assertEquals("evil.mp4", FileNames.harmless("C:\\x\\evil.mp4"));
    assertEquals("ab", FileNames.harmless("a\r\n\0\u001bb\u202e\u2028\u200f\ufeff"));
    assertEquals("", FileNames.harmless(".."));
    assertEquals("", FileNames.harmless("dir/"));
    assertEquals("\u5f71\u7247 1.mp4", FileNames.harmless(" \u5f71\u7247 1.mp4 "));
    assertEquals("n".repeat(251) + ".mp4", FileNames.harmless("x" + "n".repeat(2000) + ".mp4"));
    String faces = "\ud83d\ude00".repeat(200) + "x"; // 255 characters would begin in half a face
    assertEquals("\ud83d\ude00".repeat(127) + "x", FileNames.harmless(faces));
    assertTrue(new Submission("i", "a/b", "s", false).fileName().equals("b"));
  }
}
