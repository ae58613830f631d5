package io.framewarden.standalone.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
public final class FramewardenVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = FramewardenVersion.class.getPackage().getImplementationVersion();
    return new String[] {"framewarden " + Objects.requireNonNullElse(version, "(development)")};
  }
}
