package io.framewarden.ingest.pace;

/** Is told of face frames in flight to Kafka. Safe for several threads. */
public interface FrameFlowListener {
  /** Counts nothing. */
  FrameFlowListener NONE =
      new FrameFlowListener() {
        @Override
        public void sent(int bytes) {
          // not counted
        }

        @Override
        public void acknowledged(int bytes) {
          // not counted
        }
      };

  /** A frame is on its way. */
  void sent(int bytes);

  /** A frame was acknowledged, or will never be: measurements see it. */
  void acknowledged(int bytes);
}
