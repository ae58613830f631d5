/**
 * Data sets to face archives: the same extraction as for uploads, over folders of videos and
 * photographs, with labels, for the trainer.
 */
package io.framewarden.trainer.archive.export;
