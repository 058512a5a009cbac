package io.kinolift.kernel.colour;

/**
 * Numbers of a conversion between Y'CbCr samples and R'G'B'.
 *
 * <pre>
 * u = cb - neutral    v = cr - neutral    l = (y - black) * scale
 * r = l + redOfCr * v    g = l + greenOfCb * u + greenOfCr * v    b = l + blueOfCb * u
 *
 * l = red * r + green * g + blue * b
 * y = l * perUnit + black    u = (b - l) * cbPerUnit    v = (r - l) * crPerUnit
 * </pre>
 */
public record RgbCoefficients(
        float black,
        float scale,
        float redOfCr,
        float greenOfCb,
        float greenOfCr,
        float blueOfCb,
        float red,
        float green,
        float blue,
        float perUnit,
        float cbPerUnit,
        float crPerUnit,
        float neutral) {}
