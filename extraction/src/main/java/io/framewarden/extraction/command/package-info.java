/** The options of every command line that extracts faces. */
package io.framewarden.extraction.command;
