package io.framewarden.schemas.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

class ServiceRoleTest {
  @Test
  void everyTopicHasAWriterAndAReader() {
    Set<String> written = new TreeSet<>();
    Set<String> read = new TreeSet<>();
    for (ServiceRole role : ServiceRole.values()) {
      written.addAll(role.writes());
      read.addAll(role.reads());
    }
    Set<String> all = Topics.all().stream().map(Topic::name).collect(Collectors.toSet());
    assertEquals(all, written);
    assertEquals(all, read);
  }

  @Test
  void onlyTheTopologyWritesVerdicts() {
    assertEquals(
        Set.of(ServiceRole.VERDICTS),
        Arrays.stream(ServiceRole.values())
            .filter(role -> role.writes().contains(Topics.VERDICTS.name()))
            .collect(Collectors.toSet()));
  }

  @Test
  void whoReadsOnlyMayWriteNothing() {
    for (AclBinding acl : ServiceRole.CONSUMER.acls("User:x")) {
      assertEquals(AclOperation.READ, acl.entry().operation());
      assertEquals("User:x", acl.entry().principal());
    }
    assertEquals(1, ServiceRole.CONSUMER.acls("User:x").size());
  }
}
