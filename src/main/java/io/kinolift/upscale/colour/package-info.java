/** Between planes of luma and chroma and the RGB rows that some convolutions and networks work in. */
package io.kinolift.upscale.colour;
