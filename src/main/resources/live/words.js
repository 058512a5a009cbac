// What the names of policies, reasons and incidents mean. A test fails if one of them has no words.
export const DROPPED = {
  DUPLICATE: "came before with the same number",
  LATE: "came after its place was given up (kinolift.reorder.frames)",
  OLD_SESSION: "belongs to an earlier run of the producer",
  AFTER_END: "came after the end of its stream",
  NO_REFERENCE: "refers to a frame that is missing",
};

export const DEAD = {
  UNPARSEABLE: "the record cannot be read",
  INVALID_HEADER: "what the record says of the frame cannot be right",
  LIMIT_EXCEEDED: "too large: more bytes or pixels than are allowed",
  UNDECODABLE: "the picture cannot be decoded",
  WRONG_FORMAT: "the picture is not what the record says",
  UNSUPPORTED: "a kind of picture that is not supported",
  OUTPUT_TOO_LARGE: "the output does not fit into a record",
  ENCODER_FAILED: "the output could not be encoded",
  TOO_MANY_STREAMS: "too many streams at once (kinolift.max.streams)",
  KILLED_DECODER: "decoding it ended the process",
  TIME_JUMP: "its time is too far from the frame before (kinolift.time.jump.ms)",
};

export const INCIDENTS = {
  GAP: "frames were missing",
  MISSING_FRAME: "a missing frame",
  RESTART: "numbers began anew",
  DISCONTINUITY: "a frame was marked as a break",
  FORMAT_CHANGE: "size or format changed",
  SETTINGS_CHANGE: "settings changed",
  REPEATED_END: "the end came again",
  OLD_END: "the end of an earlier run came",
  END_BY_TIMEOUT: "ended because nothing came",
  REST: "made room for another stream",
  SURPLUS_OUTPUT: "no time was left for it before the next segment",
  REPEAT: "a frame repeated the one before",
};
