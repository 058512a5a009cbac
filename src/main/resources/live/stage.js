// The stage: a stream as video, or its latest pair under a divider or as a difference.
import { Player } from "./player.js";
import { Viewer } from "./viewer.js";
import { fetchPair } from "./pairs.js";
import { link, place } from "./catalog.js";
import { byId, element } from "./dom.js";
import { Still } from "./still.js";
import { readable } from "./text.js";

const SAVE_TRIES = 30;
const SAVE_EVERY_MS = 100;
// Updates without a new picture, after which a video of an ended stream has come to nothing more.
const STANDS_AFTER = 5;

export class Stage {
  #stage = byId("stage");
  #video = byId("video");
  #viewer = new Viewer();
  #player = new Player(this.#video, (text) => this.#say(text), (has) => this.#offerSound(has));
  #view = "video";
  #stream = null;
  #paths = null;
  /** The name of the one that works on it, as far as known. */
  #instance;
  #ended = false;
  #held = false;
  #still = new Still();
  #lastTime = -1;
  #standing = 0;

  constructor() {
    for (const button of document.querySelectorAll("[data-view]")) {
      button.addEventListener("click", () => this.#setView(button.dataset.view));
    }
    byId("sound").addEventListener("click", () => this.#toggleSound());
    byId("hold").addEventListener("click", () => this.#setHeld(!this.#held));
    byId("save").addEventListener("click", () => this.#save());
    byId("full").addEventListener("click", () => this.#toggleFull());
    byId("full").hidden = !document.fullscreenEnabled;
    this.#stage.addEventListener("keydown", (event) => this.#onKey(event));
    this.#video.addEventListener("resize", () => this.#fit());
    this.#stage.classList.add("empty");
    this.#mark();
  }

  /** @param entry of the catalog */
  show(entry) {
    this.#stream = entry.stream;
    this.#paths = entry.paths;
    this.#instance = entry.instance?.name;
    this.#ended = entry.ended;
    if (entry.paths) {
      byId("watch-mjpeg").href = entry.paths.mjpeg;
      byId("watch-hls").href = entry.paths.hls;
    }
    byId("watch-links").hidden = !entry.paths;
    byId("controls").hidden = !entry.paths;
    this.#setHeld(false);
    this.#begin(entry);
  }

  /** What is known of the stream that is shown, once a second. */
  update(entry) {
    const moved = (entry.paths === null) !== (this.#paths === null)
      || (entry.paths === null && entry.instance?.name !== this.#instance);
    const began = this.#ended && !entry.ended;
    const hasEnded = !this.#ended && entry.ended;
    this.#ended = entry.ended;
    if (moved) {
      this.show(entry);
      return;
    }
    if (began) {
      this.#begin();
    } else if ((hasEnded && this.#isEmpty()) || this.#standsBeforeTheEnd()) {
      this.#begin();
    }
    if (this.#view === "video" && !this.#still.isShown) {
      byId("caption").textContent = this.#player.figures();
    }
  }

  /** Players may miss the end of a playlist; then the last picture takes the place of the video. */
  #standsBeforeTheEnd() {
    const isPlaying = this.#ended && this.#view === "video" && !this.#isEmpty() && !this.#held && !this.#video.ended;
    const moved = this.#video.currentTime !== this.#lastTime;
    this.#lastTime = this.#video.currentTime;
    this.#standing = isPlaying && !moved ? this.#standing + 1 : 0;
    return this.#standing >= STANDS_AFTER;
  }

  #isEmpty() {
    return this.#stage.classList.contains("empty");
  }

  /** After pictures were unlocked. */
  retry() {
    if (this.#stream !== null && this.#paths !== null) {
      this.#begin();
    }
  }

  #begin(entry) {
    this.#stage.classList.add("empty");
    this.#still.forget();
    byId("caption").textContent = "";
    this.#viewer.show(null);
    this.#player.stop();
    if (this.#paths === null) {
      this.#sayWhere(entry);
      return;
    }
    this.#say(`Waiting for the next frame of ${readable(this.#stream)}.`);
    if (this.#ended) {
      this.#showStill();
    }
    if (this.#view !== "video") {
      this.#viewer.show(this.#stream);
    } else if (!this.#ended) {
      this.#player.play(this.#paths.hls);
    }
  }

  /** Pictures of a stream are on the page of the instance that works on it. */
  #sayWhere(entry) {
    if (!entry) {
      return;
    }
    const target = link(entry);
    const note = byId("stage-note");
    note.hidden = false;
    if (entry.own || !entry.instance) {
      note.textContent = entry.own
        ? "This instance keeps no figures of this stream (kinolift.metrics.max.streams), so it cannot be watched here."
        : "No instance works on this stream now.";
    } else if (target) {
      const anchor = element("a", `Watch it at ${place(entry.instance)}`);
      anchor.href = target;
      note.replaceChildren(element("span", "Another instance works on this stream."), anchor);
    } else {
      note.textContent = `Another instance works on this stream: ${readable(entry.instance.name)}, host `
        + `${readable(entry.instance.host)}. The address of its page is not known (application.server).`;
    }
  }

  /** The last picture of a stream that has ended. */
  async #showStill() {
    this.#say("The stream has ended.");
    const { shown, reason } = await this.#still.show(this.#stream).catch(() => ({ shown: false, reason: null }));
    if (!this.#isEmpty()) {
      return;
    }
    if (shown) {
      byId("stage-note").hidden = true;
      this.#stage.style.setProperty("--ratio", this.#still.width / this.#still.height);
      byId("caption").textContent = `ended; its last picture, ${this.#still.width} × ${this.#still.height}`;
    } else if (reason) {
      this.#say(reason);
    }
  }

  #say(text) {
    byId("stage-note").textContent = text;
    byId("stage-note").hidden = text === "";
    if (text === "") {
      this.#stage.classList.remove("empty");
      this.#fit();
    }
  }

  #fit() {
    if (this.#view === "video" && this.#video.videoWidth > 0) {
      this.#stage.style.setProperty("--ratio", this.#video.videoWidth / this.#video.videoHeight);
    }
  }

  #setView(view) {
    const before = this.#view;
    this.#view = view;
    this.#mark();
    this.#viewer.setDifference(view === "difference");
    if (this.#stream !== null && this.#paths !== null && (view === "video") !== (before === "video")) {
      this.#begin();
      this.#setHeld(false);
    }
  }

  #mark() {
    this.#stage.dataset.shows = this.#view;
    byId("zooms").hidden = this.#view === "video";
    byId("gains").hidden = this.#view !== "difference";
    for (const button of document.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === this.#view));
    }
  }

  #setHeld(isHeld) {
    if (isHeld && this.#view === "video") {
      this.#player.pause();
    } else if (!isHeld && this.#held) {
      this.#player.resume();
    }
    this.#held = isHeld;
    this.#viewer.setHeld(isHeld);
    byId("hold").setAttribute("aria-pressed", String(isHeld));
  }

  #offerSound(has) {
    byId("sound").hidden = !has;
  }

  /** Browsers play a video by themselves only if it is mute, so somebody has to ask for sound. */
  #toggleSound() {
    this.#video.muted = !this.#video.muted || byId("sound").hidden;
    byId("sound").setAttribute("aria-pressed", String(!this.#video.muted));
  }

  #toggleFull() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      byId("screen").requestFullscreen().then(() => this.#stage.focus(), () => {});
    }
  }

  /** The output as it was sent, not as the video shows it. */
  async #save() {
    const stream = this.#stream;
    if (stream === null) {
      return;
    }
    if (this.#isEmpty() && this.#still.isShown) {
      await this.#download(stream, this.#still.image, this.#still.width, this.#still.height, "last");
      byId("save-note").textContent = "Saved the last picture.";
      return;
    }
    const shown = this.#view === "video" ? null : this.#viewer.pair;
    const pair = shown ?? await this.#next(stream).catch(() => null);
    if (!pair) {
      byId("save-note").textContent = "No picture to save.";
      return;
    }
    await this.#download(stream, pair.output, pair.output.width, pair.output.height, pair.header.outputSequence);
    byId("save-note").textContent = `Saved frame ${pair.header.outputSequence}.`;
  }

  async #download(stream, image, width, height, name) {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d").drawImage(image, 0, 0);
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(await canvas.convertToBlob({ type: "image/png" }));
    anchor.download = `${stream.replace(/[^\p{L}\p{N}_-]+/gu, "-")}-${name}.png`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
  }

  /** Outputs are kept only while somebody asks for them. */
  async #next(stream) {
    for (let i = 0; i < SAVE_TRIES; i++) {
      const pair = await fetchPair(stream, 0);
      if (pair) {
        return pair === "locked" ? null : pair;
      }
      await new Promise((resolve) => setTimeout(resolve, SAVE_EVERY_MS));
    }
    return null;
  }

  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "f") {
      this.#toggleFull();
    } else if (event.key === " ") {
      this.#setHeld(!this.#held);
    } else if (event.key === "s") {
      this.#save();
    } else if (event.key === "m") {
      this.#toggleSound();
    } else {
      return;
    }
    event.preventDefault();
  }
}
