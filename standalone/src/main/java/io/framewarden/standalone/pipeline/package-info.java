/**
 * The whole pipeline in one process: the broker's child process, the object store, ingest, scorer,
 * verdict topology, and views of the uploads and verdicts. It wires the same classes that the
 * services' own main programs do.
 */
package io.framewarden.standalone.pipeline;
