/** What the service and its decoder children say to each other, and the memory that they share. */
package io.framewarden.ingest.sandbox.wire;
