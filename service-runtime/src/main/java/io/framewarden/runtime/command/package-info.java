/** What the command lines of several modules share: options, progress, tables, exit statuses. */
package io.framewarden.runtime.command;
