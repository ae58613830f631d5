/** The topics of the pipeline: name, key, value, partitions and broker configuration. */
package io.framewarden.schemas.topic;
