/**
 * Files and folders that are nobody else's business: what holds pictures, or where they come from, can be read by its
 * owner alone, whatever the umask. {@code src/doc/security.md} lists every file that the program makes.
 *
 * <p>Imports no other package of Kinolift.
 */
package io.kinolift.files;
