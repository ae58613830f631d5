/**
 * What is known of each video on its way: its upload, how far its extraction is, whether it was
 * deleted. Read from the topics, so that any ingest process can answer for any video.
 */
package io.framewarden.ingest.status;
