package io.framewarden.benchmarks.build;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The library versions that no class path of the product may have, and a search for them. */
record KnownBadVersions(List<Entry> entries) {
  /** A library of Maven's name, {@code group:artifact}, and its first version without the hole. */
  record Entry(String library, String firstGood, String why) {}

  /** A library in a jar, on its own or beside others. */
  record Found(String library, String version, Path jar) {}

  /** Reads {@code build/known-bad.txt}; a line that is no entry is an error. */
  static KnownBadVersions read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s+", 3);
      if (parts.length < 3 || !parts[0].matches("[^:]+:[^:]+") || !parts[1].matches("[0-9.]+")) {
        throw new IOException(file + ": no entry: " + line);
      }
      entries.add(new Entry(parts[0], parts[1], parts[2]));
    }
    return new KnownBadVersions(entries);
  }

  /** What Maven's builds wrote into the jars of a class path, shaded libraries included. */
  static List<Found> onClassPath(String classPath) throws IOException {
    List<Found> found = new ArrayList<>();
    for (String part : classPath.split(File.pathSeparator)) {
      Path jar = Path.of(part);
      if (part.endsWith(".jar") && Files.isRegularFile(jar)) {
        addLibraries(jar, found);
      }
    }
    return found;
  }

  private static void addLibraries(Path jar, List<Found> found) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties")) {
          Properties project = new Properties();
          try (InputStream in = zip.getInputStream(entry)) {
            project.load(in);
          }
          String library = project.getProperty("groupId") + ":" + project.getProperty("artifactId");
          found.add(new Found(library, project.getProperty("version", ""), jar));
        }
      }
    }
    addByName(jar, found);
  }

  /** Libraries that Gradle built say no version within: a local repository's path does. */
  private static void addByName(Path jar, List<Found> found) {
    Path version = jar.toAbsolutePath().getParent();
    Path artifact = version == null ? null : version.getParent();
    if (artifact == null || artifact.getFileName() == null || artifact.getParent() == null) {
      return;
    }
    String name = artifact.getFileName().toString();
    if (jar.getFileName().toString().startsWith(name + "-" + version.getFileName())) {
      String folder = artifact.getParent().toString().replace(File.separatorChar, '.');
      found.add(new Found(folder + ":" + name, version.getFileName().toString(), jar));
    }
  }

  /** Those with a version before the first good one, told with the reason. */
  List<String> problems(List<Found> libraries) {
    List<String> problems = new ArrayList<>();
    for (Found library : libraries) {
      for (Entry entry : entries) {
        boolean named =
            library.library.equals(entry.library) || library.library.endsWith("." + entry.library);
        if (named && compare(library.version, entry.firstGood) < 0) {
          problems.add(
              library.jar.getFileName()
                  + ": "
                  + entry.library
                  + " "
                  + library.version
                  + " is before "
                  + entry.firstGood
                  + ": "
                  + entry.why);
        }
      }
    }
    return problems;
  }

  /** Compares the numbers of two versions, one after the other, up to the first hyphen. */
  static int compare(String one, String other) {
    List<BigInteger> left = numbers(one);
    List<BigInteger> right = numbers(other);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      BigInteger a = i < left.size() ? left.get(i) : BigInteger.ZERO;
      BigInteger b = i < right.size() ? right.get(i) : BigInteger.ZERO;
      int order = Comparator.<BigInteger>naturalOrder().compare(a, b);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<BigInteger> numbers(String version) {
    List<BigInteger> numbers = new ArrayList<>();
    for (String part : version.split("-", 2)[0].split("\\.")) {
      if (!part.matches("[0-9]+")) {
        break;
      }
      numbers.add(new BigInteger(part));
    }
    return numbers;
  }
}
