package io.kinolift.frame;

/** The meaning of a picture's component. */
public enum Role {
    LUMA('Y'),
    CB('U'),
    CR('V'),
    RED('R'),
    GREEN('G'),
    BLUE('B'),
    ALPHA('A');

    private final char letter;

    Role(char letter) {
        this.letter = letter;
    }

    /** The letter that names of pixel formats use: Y, U, V, R, G, B or A. */
    public char letter() {
        return letter;
    }

    public boolean isChroma() {
        return this == CB || this == CR;
    }

    static Role of(int letter) {
        for (Role role : values()) {
            if (role.letter == letter) {
                return role;
            }
        }
        throw new IllegalArgumentException("expected one of YUVRGBA, found " + (char) letter);
    }
}
