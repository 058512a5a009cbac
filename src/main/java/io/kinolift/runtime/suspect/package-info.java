/**
 * Frames that may have killed the process. {@link io.kinolift.runtime.suspect.DecodeJournal} records which frames are
 * being decoded, in a file that survives the process. The next start gives them to {@code SuspectTrial}, which decodes
 * them in a child process ({@code DecodeProgram}). A frame on which the child dies of a native signal becomes a dead
 * letter; all others are decoded as usual.
 */
package io.kinolift.runtime.suspect;
