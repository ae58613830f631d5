package io.framewarden.schemas.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What each service does on a cluster, and so the least that its access lists must allow. Topics
 * are not made by services then, but by who runs the cluster.
 */
public enum ServiceRole {
  /** Uploads, extraction, the upload API. */
  INGEST(
      Set.of(
          Topics.VIDEO_UPLOADS, Topics.VIDEO_MARKERS, Topics.MODERATOR_DECISIONS, Topics.VERDICTS),
      Set.of(
          Topics.VIDEO_UPLOADS,
          Topics.FACE_FRAMES,
          Topics.VIDEO_MARKERS,
          Topics.MODERATOR_DECISIONS,
          Topics.DEAD_LETTERS),
      List.of("framewarden-ingest", "framewarden-s3-events")),

  /** Scores of face frames. */
  SCORER(
      Set.of(Topics.FACE_FRAMES, Topics.RESCORE_REQUESTS, Topics.MODEL_RELEASES),
      Set.of(Topics.FRAME_SCORES, Topics.SHADOW_SCORES, Topics.DEAD_LETTERS),
      List.of(ConsumerGroups.SCORER, "framewarden-rescorer")),

  /** The Kafka Streams topology, whose own topics begin with its application id. */
  VERDICTS(
      Set.of(Topics.VIDEO_MARKERS, Topics.FRAME_SCORES),
      Set.of(Topics.VERDICTS, Topics.RESCORE_REQUESTS, Topics.DEAD_LETTERS),
      List.of("framewarden-verdicts")),

  /** People at a terminal: every command that connects to Kafka. */
  OPERATOR(
      Set.copyOf(Topics.all()),
      Set.of(Topics.MODERATOR_DECISIONS, Topics.MODEL_RELEASES),
      List.of("framewarden-release")),

  /** Other systems, which read verdicts and nothing else. */
  CONSUMER(Set.of(Topics.VERDICTS), Set.of(), List.of());

  private static final String ANY_HOST = "*";

  private final Set<Topic<?, ?>> reads;
  private final Set<Topic<?, ?>> writes;

  /** What its consumer groups and transactional ids begin with. */
  private final List<String> names;

  ServiceRole(Set<Topic<?, ?>> reads, Set<Topic<?, ?>> writes, List<String> names) {
    this.reads = reads;
    this.writes = writes;
    this.names = names;
  }

  /** The name in lower case, as in principals. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Names of the topics that it reads. */
  public Set<String> reads() {
    return names(reads);
  }

  /** Names of the topics that it writes. */
  public Set<String> writes() {
    return names(writes);
  }

  private static Set<String> names(Set<Topic<?, ?>> topics) {
    Set<String> names = new TreeSet<>();
    topics.forEach(topic -> names.add(topic.name()));
    return names;
  }

  /**
   * What must be allowed, in an order that is always the same. Reading and writing imply
   * describing.
   *
   * @param principal as {@code User:framewarden-ingest}
   */
  public List<AclBinding> acls(String principal) {
    List<AclBinding> acls = new ArrayList<>();
    reads().forEach(topic -> acls.add(topic(topic, AclOperation.READ, principal)));
    writes().forEach(topic -> acls.add(topic(topic, AclOperation.WRITE, principal)));
    for (String name : names) {
      acls.add(prefixed(ResourceType.GROUP, name, AclOperation.READ, principal));
      acls.add(prefixed(ResourceType.TRANSACTIONAL_ID, name, AclOperation.WRITE, principal));
    }
    if (this == INGEST) {
      // How far behind the scorers are decides how fast videos are extracted.
      acls.add(
          prefixed(ResourceType.GROUP, ConsumerGroups.SCORER, AclOperation.DESCRIBE, principal));
      acls.add(topic(Topics.FACE_FRAMES.name(), AclOperation.DESCRIBE_CONFIGS, principal));
    }
    if (this == VERDICTS) {
      Stream.of(
              AclOperation.CREATE,
              AclOperation.READ,
              AclOperation.WRITE,
              AclOperation.DELETE,
              AclOperation.DESCRIBE_CONFIGS)
          .forEach(
              operation ->
                  acls.add(prefixed(ResourceType.TOPIC, names.get(0) + "-", operation, principal)));
    }
    return List.copyOf(acls);
  }

  private static AclBinding topic(String name, AclOperation operation, String principal) {
    return binding(
        new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL), operation, principal);
  }

  private static AclBinding prefixed(
      ResourceType type, String name, AclOperation operation, String principal) {
    return binding(new ResourcePattern(type, name, PatternType.PREFIXED), operation, principal);
  }

  private static AclBinding binding(
      ResourcePattern pattern, AclOperation operation, String principal) {
    return new AclBinding(
        pattern, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW));
  }
}
