package io.framewarden.ingest.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.runtime.process.FileLocks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The file of tokens, JSON, readable by its owner alone. It is replaced whole, so that a server
 * that reads it meanwhile sees the old or the new one; commands that change it take turns.
 */
public final class TokenFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public TokenFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  public Path path() {
    return file;
  }

  /**
   * The tokens; none when there is no file.
   *
   * @throws IOException when the file cannot be read, or is not one of tokens
   */
  public List<AccessToken> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<AccessToken> tokens = new ArrayList<>();
      for (JsonNode token : JSON.readTree(Files.readAllBytes(file)).path("tokens")) {
        tokens.add(
            new AccessToken(
                token.path("name").asText(),
                Role.valueOf(token.path("role").asText().toUpperCase(Locale.ROOT)),
                token.path("sha256").asText(),
                token.path("created").asText()));
      }
      return tokens;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(
          file + " is not a file of tokens; make one with `framewarden token create`", e);
    }
  }

  /**
   * Makes a token.
   *
   * @return the secret, which is kept nowhere
   * @throws IllegalArgumentException when the name is taken, or none
   */
  public String create(String name, Role role) throws IOException {
    String secret = AccessToken.newSecret();
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    AccessToken token = new AccessToken(name, role, AccessToken.hash(secret), now);
    change(
        tokens -> {
          if (tokens.stream().anyMatch(known -> known.name().equals(name))) {
            throw new IllegalArgumentException(
                "there is a token " + name + "; revoke it first, or choose another name");
          }
          tokens.add(token);
        });
    return secret;
  }

  /**
   * Removes a token.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public void revoke(String name) throws IOException {
    change(
        tokens -> {
          if (!tokens.removeIf(token -> token.name().equals(name))) {
            throw new IllegalArgumentException("there is no token " + name + " in " + file);
          }
        });
  }

  private interface Change {
    void apply(List<AccessToken> tokens);
  }

  private void change(Change change) throws IOException {
    Files.createDirectories(file.getParent());
    Path turn = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel = FileLocks.open(turn);
        FileLock lock = FileLocks.lock(channel, turn, FileLocks.TIMEOUT)) {
      List<AccessToken> tokens = new ArrayList<>(read());
      change.apply(tokens);
      write(tokens);
    }
  }

  private void write(List<AccessToken> tokens) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("tokens");
    for (AccessToken token : tokens) {
      list.addObject()
          .put("name", token.name())
          .put("role", token.role().label())
          .put("sha256", token.sha256())
          .put("created", token.created());
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
