/**
 * The way in: what an upload's first bytes say it is, and its way into the object store and onto
 * the video-uploads topic. Knows neither Kafka nor FFmpeg.
 */
package io.framewarden.ingest.upload;
