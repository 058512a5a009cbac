package io.kinolift.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorModuleTest {
    @Test
    void isOfTheLoaderWhoseVectorsTheJitKnows() throws Exception {
        assertThat(VectorModule.isLoaded()).isTrue();
        Class<?> vector = Class.forName("jdk.incubator.vector.IntVector");
        assertThat(vector.getModule().getName()).isEqualTo(VectorModule.NAME);
        assertThat(vector.getClassLoader()).as("null is the boot loader").isNull();
    }
}
