package io.framewarden.detector.engine.tensorrt;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TensorRT's messages to the log, and the last problems for the exception that reports them.
 * TensorRT calls it from threads of its own.
 */
final class BuilderLog extends ILogger {
  private static final Logger LOG = LoggerFactory.getLogger(BuilderLog.class);
  private static final int MAX_ERRORS = 3;

  private final Deque<String> errors = new ArrayDeque<>();

  @Override
  public void log(Severity severity, String message) {
    switch (severity.intern()) {
      case kINTERNAL_ERROR, kERROR -> {
        keep(message);
        LOG.error("TensorRT: {}", message);
      }
      case kWARNING -> {
        keep(message);
        LOG.warn("TensorRT: {}", message);
      }
      case kINFO -> LOG.debug("TensorRT: {}", message);
      case kVERBOSE -> LOG.trace("TensorRT: {}", message);
    }
  }

  /** The last errors and warnings, on one line. */
  synchronized String errors() {
    return errors.isEmpty() ? "TensorRT reports no reason" : String.join(" | ", errors);
  }

  private synchronized void keep(String message) {
    errors.addLast(message.strip());
    if (errors.size() > MAX_ERRORS) {
      errors.removeFirst();
    }
  }
}
