package io.kinolift.sizing.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitTimesTest {
    private final CommitTimes.Commits commits = new CommitTimes.Commits();

    @Test
    void aCommit_isWhateverWasAddedUntilItEnded() {
        assertThat(commits.look(0, 0)).isEmpty();
        // Flushing and offsets, with a pause between them; then the end.
        assertThat(commits.look(5, 0)).isEmpty();
        assertThat(commits.look(5, 0)).isEmpty();
        assertThat(commits.look(7, 0)).isEmpty();
        assertThat(commits.look(10, 3)).hasValue(10);
        assertThat(commits.look(10, 3)).isEmpty();
        // The whole of the next one between two looks.
        assertThat(commits.look(14, 4)).hasValue(4);
    }

    @Test
    void otherProducers_beginAnew() {
        assertThat(commits.look(10, 3)).hasValue(10);
        commits.restart(100, 40);
        assertThat(commits.look(100, 40)).isEmpty();
        assertThat(commits.look(101, 41)).hasValue(1);
    }
}
