// One stream as video: by hls.js where the browser has its means, else by the browser itself.
const RETRY_MS = 2000;
// After that, Kinolift may have ended the encoding, and begins anew.
const SHORT_MS = 5000;
// Further behind than this, playing faster would take a minute or more.
const MOST_BEHIND_SECONDS = 3;
// Above the first it plays faster, too little to be seen, until it is below the second. Otherwise at its own pace, at which
// sound keeps its time with the pictures best.
const FASTER_FROM_SECONDS = 0.75;
const FASTER_UNTIL_SECONDS = 0.25;
const FASTER = 1.05;

const CONFIG = {
  lowLatencyMode: true,
  // Fragments of MP4 go to the browser as they are: there is nothing to do in a worker.
  enableWorker: false,
  backBufferLength: 10,
  liveDurationInfinity: true,
};

export class Player {
  #video;
  #told;
  #heard;
  #url = null;
  #hls = null;
  /** Null as long as it is not known. */
  #hasSound = null;
  /** Whether a failure of the browser's decoder has been got over; once is enough before a new beginning. */
  #recovered = false;
  #held = false;
  #timer = 0;
  #hiddenAt = 0;

  /**
   * @param told called with a text when the video cannot be played now, and with "" when it can
   * @param heard called with whether the video has sound, as soon as that is known
   */
  constructor(video, told, heard) {
    this.#video = video;
    this.#told = told;
    this.#heard = heard;
    video.addEventListener("playing", () => told(""));
    document.addEventListener("visibilitychange", () => this.#onVisibility());
  }

  /** Plays the stream at its newest; what was played before stays until then. */
  async play(url) {
    this.stop();
    this.#url = url;
    if (!globalThis.Hls) {
      await import("./hls.js");
    }
    if (this.#url !== url) {
      return;
    }
    if (globalThis.Hls.isSupported()) {
      this.#load(url);
    } else if (this.#video.canPlayType("application/vnd.apple.mpegurl")) {
      this.#video.src = url;
      this.#video.onerror = () => this.#again(url);
      // Not every browser says whether there is any.
      this.#heard(true);
      this.#start();
    } else {
      this.#told("This browser cannot play it. The other views can be used.");
    }
  }

  #load(url) {
    const { Hls } = globalThis;
    const hls = new Hls(CONFIG);
    this.#hls = hls;
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.#start());
    hls.on(Hls.Events.LEVEL_UPDATED, () => this.#catchUp());
    hls.on(Hls.Events.BUFFER_CODECS, (_, tracks) => this.#onTracks(Boolean(tracks.audio ?? tracks.audiovideo)));
    hls.on(Hls.Events.ERROR, (_, failure) => {
      if (!failure.fatal) {
        return;
      }
      if (failure.type === Hls.ErrorTypes.MEDIA_ERROR && !this.#recovered) {
        this.#recovered = true;
        hls.recoverMediaError();
        return;
      }
      this.#told(failure.response?.code === 401
        ? "Pictures are for who has the token."
        : "Waiting for the stream.");
      this.#again(url);
    });
    hls.loadSource(url);
    hls.attachMedia(this.#video);
  }

  /** A browser that was busy elsewhere, or had a slow line, comes back to the newest picture. */
  #catchUp() {
    const { latency, targetLatency, liveSyncPosition } = this.#hls;
    const behind = latency - targetLatency;
    if (this.#video.paused || this.#video.seeking || !liveSyncPosition) {
      return;
    }
    // Where nothing new comes, the newest may lie before what is shown.
    if (behind > MOST_BEHIND_SECONDS && liveSyncPosition > this.#video.currentTime + 1) {
      this.#video.currentTime = liveSyncPosition;
    } else if (behind > FASTER_FROM_SECONDS) {
      this.#video.playbackRate = FASTER;
    } else if (behind < FASTER_UNTIL_SECONDS) {
      this.#video.playbackRate = 1;
    }
  }

  /** Browsers cannot add a track to what they play: sound that begins or ends needs a new beginning. */
  #onTracks(hasSound) {
    if (this.#hasSound !== null && this.#hasSound !== hasSound) {
      const url = this.#url;
      // Not now: hls.js goes on with what told us.
      queueMicrotask(() => url === this.#url && this.play(url));
      return;
    }
    this.#hasSound = hasSound;
    this.#heard(hasSound);
  }

  #start() {
    if (this.#held) {
      return;
    }
    // Refused only if the user has forbidden it; then the picture stands.
    this.#video.play().catch(() => {});
  }

  #again(url) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.play(url), RETRY_MS);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#url = null;
    this.#hasSound = null;
    this.#recovered = false;
    this.#heard(false);
    this.#hls?.destroy();
    this.#hls = null;
    this.#video.onerror = null;
    if (this.#video.src) {
      this.#video.removeAttribute("src");
      this.#video.load();
    }
  }

  pause() {
    this.#held = true;
    this.#video.pause();
  }

  /** Goes on at the newest picture. */
  resume() {
    this.#held = false;
    const newest = this.#hls?.liveSyncPosition;
    if (newest) {
      this.#video.currentTime = Math.max(this.#video.currentTime, newest);
    }
    this.#start();
  }

  /** A page that nobody sees asks for nothing. */
  #onVisibility() {
    if (document.hidden) {
      this.#hiddenAt = Date.now();
      this.#hls?.stopLoad();
    } else if (this.#hls && Date.now() - this.#hiddenAt < SHORT_MS) {
      this.#hls.startLoad(-1);
      if (!this.#held) {
        this.resume();
      }
    } else if (this.#hls && !this.#video.ended) {
      this.play(this.#url);
    }
  }

  /** In words; empty as long as nothing is shown. */
  figures() {
    if (!this.#url || this.#video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
      return "";
    }
    const texts = [`video of ${this.#video.videoWidth} × ${this.#video.videoHeight}`];
    const taken = this.#hls?.playingDate;
    if (taken && !this.#video.ended && !this.#video.paused) {
      texts.push(`${Math.max(0, (Date.now() - taken) / 1000).toFixed(1)} s after it was taken`);
    }
    const { droppedVideoFrames, totalVideoFrames } = this.#video.getVideoPlaybackQuality();
    texts.push(`${droppedVideoFrames} of ${totalVideoFrames} pictures not shown`);
    return texts.join(", ");
  }
}
