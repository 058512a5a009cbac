/** The width of vectors in this JVM, and the few helpers that the vector loops of several subjects share. */
package io.kinolift.kernel.vector;
