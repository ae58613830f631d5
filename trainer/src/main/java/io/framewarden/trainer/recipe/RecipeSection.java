package io.framewarden.trainer.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.trainer.recipe.YamlTree.Entry;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One section of a recipe: the components of a record by their names in kebab case. The keys that
 * are given are applied to the defaults one by one, again and again, until none is left that the
 * record's own constructor would accept: the ones left are the mistakes, each with its line. So a
 * key that is only valid together with another does not depend on their order.
 */
final class RecipeSection {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private static final PropertyNamingStrategies.KebabCaseStrategy KEBAB =
      new PropertyNamingStrategies.KebabCaseStrategy();

  private final String name;
  private final List<String> problems;

  /**
   * @param problems where mistakes are added
   */
  RecipeSection(String name, List<String> problems) {
    this.name = name;
    this.problems = problems;
  }

  /**
   * The defaults with the keys that are given.
   *
   * @param node null for a section that the file leaves out
   */
  <T extends Record> T read(Node node, T defaults) {
    if (node == null) {
      return defaults;
    }
    ObjectNode accepted = MAPPER.valueToTree(defaults);
    List<Entry> pending = new ArrayList<>(known(node, accepted));
    pending.removeIf(entry -> readPart(entry, accepted, defaults));
    Map<Entry, JsonProcessingException> failures = new HashMap<>();
    boolean progressed = true;
    while (progressed) {
      progressed = pending.removeIf(entry -> tryApply(entry, accepted, type(defaults), failures));
    }
    pending.forEach(
        entry ->
            problem(entry.line(), reason(entry, accepted.get(entry.key()), failures.get(entry))));
    return MAPPER.convertValue(accepted, type(defaults));
  }

  /** A component that is a record itself, a section within this one. */
  private boolean readPart(Entry entry, ObjectNode accepted, Record defaults) {
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      String key = KEBAB.translate(component.getName());
      if (key.equals(entry.key()) && component.getType().isRecord()) {
        if (!YamlTree.isMapping(entry.value())) {
          problem(entry.line(), path(key) + " needs keys below it");
          return true;
        }
        Record part = MAPPER.convertValue(accepted.get(key), recordType(component));
        Record given = new RecipeSection(path(key), problems).read(entry.value(), part);
        accepted.set(key, MAPPER.valueToTree(given));
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked") // it has been asked whether it is a record
  private static Class<Record> recordType(RecordComponent component) {
    return (Class<Record>) component.getType();
  }

  private List<Entry> known(Node node, ObjectNode defaults) {
    List<Entry> known = new ArrayList<>();
    for (Entry entry : YamlTree.entries(node)) {
      if (defaults.has(entry.key())) {
        known.add(entry);
      } else {
        List<String> names = new ArrayList<>();
        defaults.fieldNames().forEachRemaining(names::add);
        problem(entry.line(), "there is no " + path(entry.key()) + "; it may be one of " + names);
      }
    }
    return known;
  }

  private static boolean tryApply(
      Entry entry,
      ObjectNode accepted,
      Class<?> type,
      Map<Entry, JsonProcessingException> failures) {
    JsonNode before = accepted.get(entry.key());
    accepted.set(entry.key(), YamlTree.json(entry.value()));
    try {
      MAPPER.treeToValue(accepted, type);
      return true;
    } catch (JsonProcessingException e) {
      accepted.set(entry.key(), before);
      failures.put(entry, e);
      return false;
    }
  }

  private String reason(Entry entry, JsonNode standard, JsonProcessingException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException range) {
        return path(entry.key()) + ": " + range.getMessage();
      }
    }
    String kind =
        switch (standard.getNodeType()) {
          case NUMBER -> standard.isIntegralNumber() ? "a whole number" : "a number";
          case BOOLEAN -> "true or false";
          case ARRAY -> "a list, as in [a, b]";
          case OBJECT -> "keys with numbers, as in {a: 1, b: 2}";
          default -> "one of the values in the documentation, such as " + standard;
        };
    return "%s must be %s, not %s".formatted(path(entry.key()), kind, YamlTree.json(entry.value()));
  }

  private String path(String key) {
    return name + "." + key;
  }

  private void problem(int line, String what) {
    problems.add("line " + line + ": " + what);
  }

  @SuppressWarnings("unchecked") // an object's class is the class of its type
  private static <T> Class<T> type(T value) {
    return (Class<T>) value.getClass();
  }
}
