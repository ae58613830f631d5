/** The topics: name, key, value, partitions and broker configuration, declared once. */
package io.framewarden.schemas.topic;
