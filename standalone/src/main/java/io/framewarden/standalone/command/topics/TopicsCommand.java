package io.framewarden.standalone.command.topics;

import io.framewarden.runtime.command.TextTable;
import io.framewarden.schemas.topic.ServiceRole;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.utils.SecurityUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code framewarden topics}. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the topics of the pipeline, and who writes and reads them; connects to nothing.",
      "Services make topics that are missing. On a cluster with access lists they may not: whoever",
      "runs it makes them."
    })
public final class TopicsCommand implements Runnable {
  @Option(
      names = "--acls",
      description =
          "Print commands of Kafka's kafka-acls.sh that allow each service what it does, and"
              + " nothing else.")
  private boolean acls;

  @Option(
      names = "--principal",
      paramLabel = "PATTERN",
      defaultValue = "User:framewarden-{role}",
      description = "Principals of the services (default ${DEFAULT-VALUE}).")
  private String principal;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (acls) {
      for (ServiceRole role : ServiceRole.values()) {
        role.acls(principal.replace("{role}", role.label()))
            .forEach(acl -> out.println(command(acl)));
      }
    } else {
      out.print(table().render());
    }
    out.flush();
  }

  private static TextTable table() {
    TextTable table = new TextTable("TOPIC", "PARTITIONS", "FROM", "TO", "CONFIGURATION");
    for (Topic<?, ?> topic : Topics.all()) {
      table.row(
          topic.name(),
          Integer.toString(topic.partitions()),
          roles(topic, ServiceRole::writes),
          roles(topic, ServiceRole::reads),
          new TreeMap<>(topic.config())
              .entrySet().stream()
                  .map(each -> each.getKey() + "=" + each.getValue())
                  .collect(Collectors.joining(" ")));
    }
    return table;
  }

  private static String roles(Topic<?, ?> topic, Function<ServiceRole, Set<String>> access) {
    return Arrays.stream(ServiceRole.values())
        .filter(role -> access.apply(role).contains(topic.name()))
        .map(ServiceRole::label)
        .collect(Collectors.joining(","));
  }

  private static String command(AclBinding acl) {
    boolean isPrefixed = acl.pattern().patternType() == PatternType.PREFIXED;
    return "kafka-acls.sh --bootstrap-server \"$BROKERS\" --command-config \"$ADMIN\" --add"
        + " --allow-principal %s --operation %s --%s %s%s"
            .formatted(
                acl.entry().principal(),
                SecurityUtils.operationName(acl.entry().operation()),
                acl.pattern().resourceType().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                acl.pattern().name(),
                isPrefixed ? " --resource-pattern-type prefixed" : "");
  }
}
