package io.kinolift.weights;

/** The element types of the format that fill whole bytes. Only the floats up to 32 bits can be read as values. */
enum Dtype {
    F32(4),
    F16(2),
    BF16(2),
    F64(8),
    F8_E5M2(1),
    F8_E4M3(1),
    F8_E8M0(1),
    I8(1),
    I16(2),
    I32(4),
    I64(8),
    U8(1),
    U16(2),
    U32(4),
    U64(8),
    C64(8),
    BOOL(1);

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    static Dtype of(String name) throws SafetensorsException {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(name)) {
                return dtype;
            }
        }
        throw new SafetensorsException("expected a dtype such as F32, F16 or BF16, found " + name);
    }
}
