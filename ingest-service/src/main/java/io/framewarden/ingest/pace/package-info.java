/**
 * How fast face frames may be published: no faster than the scorers can take them before their
 * topic forgets them, and not without room on the disk. Knows no Kafka.
 */
package io.framewarden.ingest.pace;
