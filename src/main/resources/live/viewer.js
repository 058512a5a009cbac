// Before and after of one stream on one canvas: both pictures come in one response and are drawn together.
import { byId } from "./dom.js";
import { fetchPair } from "./pairs.js";

const PICTURES_EVERY_MS = 120;
const LOCKED_EVERY_MS = 1000;
const ZOOMS = [1, 2, 4, 8, 16];
const GAINS = [1, 2, 4, 8, 16, 32];
const LARGEST_SAMPLE = 255;

export class Viewer {
  #stream = null;
  #pair = null;
  #number = 0;
  #round = 0;
  #divider = 0.5;
  #zoom = 0;
  #centre = { x: 0.5, y: 0.5 };
  #difference = false;
  #gain = 2;
  #held = false;
  #stage = byId("stage");
  #canvas = byId("canvas");

  constructor() {
    this.#setGain(this.#gain);
    byId("divider").addEventListener("keydown", (event) => this.#onDividerKey(event));
    this.#stage.addEventListener("keydown", (event) => this.#onStageKey(event));
    this.#drag(byId("divider"), (event) => {
      const box = this.#stage.getBoundingClientRect();
      this.#setDivider((event.clientX - box.left) / box.width);
    });
    this.#drag(this.#stage, (event) => this.#moveBy(event.movementX, event.movementY));
    this.#stage.addEventListener("wheel", (event) => {
      if (!this.#pair) {
        return;
      }
      event.preventDefault();
      this.#setZoom(this.#zoom - Math.sign(event.deltaY));
    }, { passive: false });
    byId("zoom-in").addEventListener("click", () => this.#setZoom(this.#zoom + 1));
    byId("zoom-out").addEventListener("click", () => this.#setZoom(this.#zoom - 1));
    byId("gain-in").addEventListener("click", () => this.#setGain(this.#gain + 1));
    byId("gain-out").addEventListener("click", () => this.#setGain(this.#gain - 1));
    new ResizeObserver(() => this.#draw()).observe(this.#stage);
  }

  /** @param stream null for none */
  show(stream) {
    this.#stream = stream;
    this.#number = 0;
    this.#round++;
    this.#setPair(null);
    if (stream !== null) {
      this.#poll(this.#round);
    }
  }

  /** What is shown; null if there is nothing yet. */
  get pair() {
    return this.#pair;
  }

  setHeld(isHeld) {
    this.#held = isHeld;
  }

  /** Asks again and again until another stream is shown; a page that nobody sees asks for nothing. */
  async #poll(round) {
    while (round === this.#round) {
      let pause = PICTURES_EVERY_MS;
      if (!this.#held && !document.hidden) {
        const isLocked = await this.#fetchPair(round).catch(() => false);
        pause = isLocked ? LOCKED_EVERY_MS : pause;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Returns whether pictures are locked. */
  async #fetchPair(round) {
    const pair = await fetchPair(this.#stream, this.#number);
    if (round !== this.#round || pair === null) {
      return false;
    }
    if (pair === "locked") {
      byId("stage-note").textContent = "Pictures are for who has the token.";
      return true;
    }
    this.#number = pair.header.number;
    this.#setPair(pair);
    return false;
  }

  #setPair(pair) {
    this.#pair?.input?.close();
    this.#pair?.output.close();
    this.#pair = pair;
    if (pair) {
      this.#stage.classList.remove("empty");
      byId("stage-note").hidden = true;
      const { inputSequence, outputSequence, inputWidth, inputHeight, outputWidth, outputHeight } = pair.header;
      const why = pair.input ? "" : " (not shown: it refers to other frames)";
      byId("caption").textContent = `${inputWidth} × ${inputHeight}, frame ${inputSequence}${why}`
        + ` → ${outputWidth} × ${outputHeight}, frame ${outputSequence}`;
      this.#stage.style.setProperty("--ratio", pair.output.width / pair.output.height);
    }
    this.#draw();
  }

  #draw() {
    const box = this.#stage.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(box.width * ratio);
    const height = Math.round(box.height * ratio);
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    const context = this.#canvas.getContext("2d");
    context.globalCompositeOperation = "source-over";
    context.clearRect(0, 0, width, height);
    if (!this.#pair) {
      return;
    }
    const zoom = ZOOMS[this.#zoom];
    const place = [width / 2 - this.#centre.x * width * zoom, height / 2 - this.#centre.y * height * zoom,
      width * zoom, height * zoom];
    // The samples as they are: what the eye compares must not be the browser's own filter.
    context.imageSmoothingEnabled = zoom === 1 && this.#pair.output.width > width;
    context.drawImage(this.#pair.output, ...place);
    context.imageSmoothingEnabled = false;
    if (!this.#pair.input) {
      return;
    }
    if (this.#difference) {
      this.#drawDifference(context, place);
    } else {
      context.save();
      context.beginPath();
      context.rect(0, 0, width * this.#divider, height);
      context.clip();
      context.drawImage(this.#pair.input, ...place);
      context.restore();
    }
  }

  /** Absolute difference to the input scaled linearly, so many times as bright. */
  #drawDifference(context, place) {
    context.imageSmoothingEnabled = true;
    context.globalCompositeOperation = "difference";
    context.drawImage(this.#pair.input, ...place);
    context.globalCompositeOperation = "lighter";
    // Each time, the canvas is added to itself.
    for (let doubled = 0; doubled < this.#gain; doubled++) {
      context.drawImage(this.#canvas, 0, 0);
    }
  }

  #setGain(step) {
    this.#gain = Math.min(GAINS.length - 1, Math.max(0, step));
    const gain = GAINS[this.#gain];
    byId("gain").textContent = `Gain ${gain}×`;
    byId("legend-most").textContent = `${Math.ceil(LARGEST_SAMPLE / gain)} of ${LARGEST_SAMPLE} or more`;
    this.#draw();
  }

  #setDivider(value) {
    this.#divider = Math.min(1, Math.max(0, value));
    const divider = byId("divider");
    const percent = Math.round(this.#divider * 100);
    divider.style.left = `${this.#divider * 100}%`;
    divider.setAttribute("aria-valuenow", String(percent));
    divider.setAttribute("aria-valuetext", `${percent} percent before`);
    this.#draw();
  }

  #setZoom(step) {
    this.#zoom = Math.min(ZOOMS.length - 1, Math.max(0, step));
    byId("zoom").textContent = `Zoom ${ZOOMS[this.#zoom]}×`;
    this.#moveBy(0, 0);
  }

  #moveBy(x, y) {
    const zoom = ZOOMS[this.#zoom];
    const box = this.#stage.getBoundingClientRect();
    const half = 0.5 / zoom;
    const clamp = (value) => Math.min(1 - half, Math.max(half, value));
    this.#centre = {
      x: clamp(this.#centre.x - x / (box.width * zoom)),
      y: clamp(this.#centre.y - y / (box.height * zoom)),
    };
    this.#draw();
  }

  setDifference(isDifference) {
    this.#difference = isDifference;
    this.#draw();
  }

  #onDividerKey(event) {
    const large = event.shiftKey || event.key.startsWith("Page");
    const step = large ? 0.1 : 0.01;
    const target = {
      ArrowLeft: this.#divider - step, ArrowDown: this.#divider - step, PageDown: this.#divider - step,
      ArrowRight: this.#divider + step, ArrowUp: this.#divider + step, PageUp: this.#divider + step,
      Home: 0, End: 1,
    }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      this.#setDivider(target);
    }
  }

  #onStageKey(event) {
    const step = 40;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.key === "+" || event.key === "=") {
      this.#setZoom(this.#zoom + 1);
    } else if (event.key === "-") {
      this.#setZoom(this.#zoom - 1);
    } else if (moves[event.key]) {
      this.#moveBy(...moves[event.key]);
    } else {
      return;
    }
    event.preventDefault();
  }

  #drag(target, moved) {
    target.addEventListener("pointerdown", (event) => {
      event.stopPropagation();
      target.setPointerCapture(event.pointerId);
      target.classList.add("moving");
      moved(event);
    });
    target.addEventListener("pointermove", (event) => {
      if (target.hasPointerCapture(event.pointerId)) {
        moved(event);
      }
    });
    target.addEventListener("lostpointercapture", () => target.classList.remove("moving"));
  }
}
