/**
 * Pictures as fragmented MP4 in memory, for players that fetch a stream piece by piece.
 *
 * <p>{@link io.kinolift.video.fragment.FragmentWriter} encodes H.264 and lets FFmpeg's own muxer make the boxes: one
 * header, then one fragment for each cut. Sound becomes AAC without a pause ({@link io.kinolift.video.SteadySound}): browsers
 * wait for a track that has nothing. A header and any of the fragments that begin with a key frame can be played
 * alone.
 *
 * <p>Imports {@code frame}, {@code ffmpeg} and {@code video} only.
 */
package io.kinolift.video.fragment;
