package io.kinolift.video;

/** What becomes of interlaced video. */
public enum Deinterlace {
    /** One picture of each frame that is marked as interlaced; all others pass. */
    AUTO,
    /** One picture of each frame, marked or not. */
    FRAME,
    /** One picture of each field: twice the frame rate. */
    FIELD,
    /** Every frame passes unchanged: for progressive video that is marked as interlaced. */
    OFF,
    /** A frame that is marked as interlaced is an error. */
    REFUSE
}
