package io.kinolift.upscale.convolve;

import io.kinolift.frame.Colour;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.Kernels;
import io.kinolift.kernel.convolve.ConvTransposeKernel;
import io.kinolift.kernel.interpolate.ScalarInterpolation;
import io.kinolift.upscale.Operator;
import io.kinolift.upscale.Pictures;
import io.kinolift.upscale.Streamed;
import java.util.List;
import java.util.Random;
import jdk.incubator.vector.IntVector;

/**
 * Fixed cases and the SHA-256 of their outputs, by the scalar loops; change them as reluctantly as those of GoldenCase.
 */
enum ConvTransposeGoldenCase {
    TRILINEAR_TWICE(
            PixelFormat.YUV420P,
            Channels.LUMA,
            4,
            2,
            1,
            "e83b613d8cbb1f0dacde77b00eba60e42db615001c3d67fbf52622097334d3bd"),
    TWICE_PLANES(
            PixelFormat.NV12,
            Channels.PLANES,
            4,
            2,
            1,
            "99c9fb5aea32b2e4b815bae9e841700896b889ec97ef7a2c4096e7ef22311463"),
    TWICE_LONG(
            PixelFormat.GRAY8,
            Channels.LUMA,
            12,
            2,
            5,
            "65d2cc7bae4b503f1a5c45663182315ab4d354ae360cbecce7c022af2960239e"),
    TWICE_RGB(
            PixelFormat.RGB24,
            Channels.RGB,
            6,
            2,
            2,
            "d0fee618e3fff696445f491086e59d809bbf161a9d477a38c3b5cbd0967b6173"),
    TWICE_RGB_OF_PLANES(
            PixelFormat.YUV420P,
            Channels.RGB,
            4,
            2,
            1,
            "cd306e15112bd208e69dd4c908dc664778e32b532b7a55da4db1eccdaf650432"),
    THRICE(
            PixelFormat.YUV422P,
            Channels.PLANES,
            5,
            3,
            1,
            "683465aadabfbe9452288ca5c4c40ebfe4b7306ce4d9b412bf06f1f9dcdc3114"),
    FOURFOLD_RGB(
            PixelFormat.BGR24,
            Channels.RGB,
            8,
            4,
            2,
            "f9fa8520b96a0d9794163d04f2407215ee355b554a47e4986b226beb8e7fff70"),
    SAME_SIZE(
            PixelFormat.GRAY8,
            Channels.LUMA,
            3,
            1,
            1,
            "b42d8b00002c0547ca170b033194e3c664dc608c3c629103394f1d642f6bf41e"),
    HIGH_DEPTH_TWICE(
            PixelFormat.YUV420P10,
            Channels.LUMA,
            12,
            2,
            5,
            "069a634824807763abc9043dd6d83c39b950ed69267f2f588c810e1fc1f333ab"),
    HIGH_DEPTH_THRICE(
            PixelFormat.YUV422P10,
            Channels.PLANES,
            5,
            3,
            1,
            "c265597d0b4cfefd77ed3c918cf1e69a88df3ed79c4ffea249d621797f2f71a5"),
    HIGH_DEPTH_SAME_SIZE(
            PixelFormat.GRAY10,
            Channels.LUMA,
            3,
            1,
            1,
            "c08186b4fa707648d980d48ea322f62b6fc58d292d5e3e00c27ca79228d865cc"),
    HIGH_DEPTH_TWICE_RGB_OF_PLANES(
            PixelFormat.YUV420P10,
            Channels.RGB,
            4,
            2,
            1,
            "6ae03c6080ea48a05ac19ce47f33af10343d195a9be08c872da14e7dafdfc713");

    private static final int WIDTH = 638;
    private static final int HEIGHT = 6;

    private final PixelFormat format;
    private final TransposedConvolution settings;
    private final String hash;

    ConvTransposeGoldenCase(PixelFormat format, Channels channels, int kernel, int stride, int padding, String hash) {
        this.format = format;
        this.hash = hash;
        int count = channels == Channels.RGB ? 3 : 1;
        int[] strides = {2, stride, stride};
        int[] kernels = {2, kernel, kernel};
        Random random = new Random(kernel * 10L + stride);
        float[] values = new float[count * count * 2 * kernel * kernel];
        for (int i = 0; i < values.length; i++) {
            values[i] = (random.nextInt(1 << 16) - (1 << 14)) * 8f * stride * stride / (values.length << 14) * count;
        }
        float[] bias = new float[count];
        for (int i = 0; i < count; i++) {
            bias[i] = (random.nextInt(1 << 10) - (1 << 9)) / 4096f;
        }
        ConvWeights weights = ordinal() == 0
                ? ConvWeights.trilinear(new int[] {2, 2, 2}, 1, 1)
                : new ConvWeights(values, count, count, kernels, bias);
        settings = new TransposedConvolution(
                weights,
                strides,
                new int[] {ordinal() == 0 ? 1 : 0, padding, padding},
                new int[3],
                new int[] {1, 1, 1},
                1,
                ordinal() % 2 == 0 ? Border.EDGE : Border.ZEROS,
                channels);
    }

    String expected() {
        return hash;
    }

    String found(ConvTransposeKernel kernel) {
        List<Picture> frames = Pictures.noise(format, WIDTH, HEIGHT, 2, ordinal());
        Operator operator = new ConvTransposeOperator(settings, kernel, new ScalarInterpolation());
        return Pictures.hash(Streamed.upscale(operator, Colour.UNSPECIFIED, frames, 8, 0));
    }

    /** Prints the widest vector of this JVM, the slack of its kernel, then each case and its hash. */
    public static void main(String[] args) {
        ConvTransposeKernel kernel = Kernels.convTranspose();
        System.out.println("widest " + IntVector.SPECIES_PREFERRED.vectorBitSize());
        System.out.println("slack " + kernel.slack());
        for (ConvTransposeGoldenCase each : values()) {
            System.out.println(each + " " + each.found(kernel));
        }
    }
}
