/**
 * Face archives: the same face frames that travel on Kafka, in a file, with labels, for training
 * and evaluation.
 *
 * <p>Layout: the eight bytes {@code FWFACES1}, then records. A record is a four-byte big-endian
 * length and that many bytes of one zstd frame holding an {@code ArchiveRecord}; the first record
 * is the header, which carries the format version. Then come faces, and behind the faces of each
 * input file one record that says that the file is complete. Records are compressed one by one so
 * that a reader can skip and seek.
 */
package io.framewarden.trainer.archive;
