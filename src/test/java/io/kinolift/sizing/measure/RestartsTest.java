package io.kinolift.sizing.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.sizing.Figures;
import org.junit.jupiter.api.Test;

class RestartsTest {
    /** Two seconds. */
    private static final Restarts.Reading CHANGELOGS = new Restarts.Reading(20e6, 10e6);

    @Test
    void readingChangelogs_andTheSessionTimeout_areLeftOut() {
        assertThat(Restarts.figures(9, 11, CHANGELOGS)).isEqualTo(new Figures.Restart(7, 3, 10e6));
    }

    @Test
    void anOpenTransaction_isLeftOut() {
        assertThat(Restarts.figures(9, 125, CHANGELOGS)).isEqualTo(new Figures.Restart(7, 3, 10e6));
    }

    @Test
    void noise_makesNoTimeNegative() {
        assertThat(Restarts.figures(1, 7, CHANGELOGS)).isEqualTo(new Figures.Restart(0, 0, 10e6));
    }
}
