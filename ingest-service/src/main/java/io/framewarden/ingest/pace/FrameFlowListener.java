package io.framewarden.ingest.pace;

/** Hears of the frames that are under way. Safe for several threads. */
public interface FrameFlowListener {
  /** For who does not care. */
  FrameFlowListener UNWATCHED =
      new FrameFlowListener() {
        @Override
        public void sent(int bytes) {
          // nobody counts
        }

        @Override
        public void arrived(int bytes) {
          // nobody counts
        }
      };

  /** A frame is on its way. */
  void sent(int bytes);

  /** A frame is there, or will never be: measurements see it. */
  void arrived(int bytes);
}
