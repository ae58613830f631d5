/** Text that strangers wrote, made fit for headers, terminals and lines of a log. */
package io.framewarden.schemas.text;
