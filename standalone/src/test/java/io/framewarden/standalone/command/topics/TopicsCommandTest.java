package io.framewarden.standalone.command.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.schemas.topic.ServiceRole;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.CommandRun;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsCommandTest {
  @Test
  void aRowForEachTopicSaysWhoWritesAndReadsIt() {
    List<String> lines = CommandRun.of(FramewardenMain::run, "topics").out().lines().toList();
    assertEquals(1 + Topics.all().size(), lines.size());
    assertTrue(
        lines.stream().anyMatch(l -> l.matches("face-frames +24 +ingest +scorer,operator +.*")),
        lines.toString());
  }

  @Test
  void aCommandForEachThingThatIsAllowed() {
    List<String> lines =
        CommandRun.of(FramewardenMain::run, "topics", "--acls", "--principal", "User:CN={role}")
            .out()
            .lines()
            .toList();
    assertEquals(
        Arrays.stream(ServiceRole.values()).mapToInt(role -> role.acls("User:x").size()).sum(),
        lines.size());
    assertTrue(
        lines.contains(
            "kafka-acls.sh --bootstrap-server \"$BROKERS\" --command-config \"$ADMIN\" --add"
                + " --allow-principal User:CN=ingest --operation DescribeConfigs --topic"
                + " face-frames"),
        lines.toString());
    assertTrue(
        lines.contains(
            "kafka-acls.sh --bootstrap-server \"$BROKERS\" --command-config \"$ADMIN\" --add"
                + " --allow-principal User:CN=scorer --operation Write --transactional-id"
                + " framewarden-scorer --resource-pattern-type prefixed"),
        lines.toString());
  }
}
