package io.kinolift.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.kernel.motion.LumaLevel;
import io.kinolift.kernel.motion.ScalarMotion;
import io.kinolift.kernel.motion.ScalarWarp;
import io.kinolift.upscale.Pictures;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetweenPictureTest {
    private static final int SIZE = 32;
    private static final int BEFORE = 50;
    private static final int AFTER = 150;

    /**
     * The plain blend of both is 100. The first picture is trusted, fully or by a third; the second is hardly trusted at
     * all.
     */
    @ParameterizedTest
    @CsvSource({"256,0,51", "256,256,75", "90,0,52", "90,64,64", "90,256,99"})
    void theMoreUnlikeAlongTheMotion_theMoreOfTheBlend(int trust, int unlike, int sample) {
        BetweenField between = between();
        Arrays.fill(between.trustFirst, trust);
        Arrays.fill(between.trustSecond, 1);
        Arrays.fill(between.unlike, unlike);
        assertThat(middle(between)).isEqualTo(sample);
    }

    private static BetweenField between() {
        LumaLevel luma = picture(BEFORE).luma().getFirst();
        LumaLevel later = picture(AFTER).luma().getFirst();
        MotionField still = MotionField.still(SIZE, SIZE);
        BlockSearch search = new BlockSearch(new ScalarMotion(), luma, later, 1, 2, 0, BetweenField.PRICE, 0);
        return new BetweenField(search, luma, still, still, 1, 2);
    }

    private static int middle(BetweenField between) {
        Picture made = Pictures.empty(PixelFormat.GRAY8, SIZE, SIZE);
        new BetweenPicture(new ScalarWarp(), picture(BEFORE), picture(AFTER), between, null, 0, 1, 2)
                .write(made, 0, 0, SIZE);
        return Pictures.sample(made, 0, SIZE / 2, SIZE / 2, 0);
    }

    private static MotionPicture picture(int sample) {
        return MotionPicture.of(Pictures.of(PixelFormat.GRAY8, SIZE, SIZE, (p, y, x, c) -> sample), new ScalarWarp());
    }
}
