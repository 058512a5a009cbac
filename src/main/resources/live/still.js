// The last picture of a stream, which Kinolift keeps after the stream has ended.
import { byId } from "./dom.js";

const GONE = "The stream has ended. Its last picture is not kept any more.";
const LOCKED = "Pictures are for who has the token.";

export class Still {
  #image = byId("still");
  #round = 0;

  /**
   * Shows it, unless something else is wanted by then.
   *
   * @returns whether it is shown; if not, the reason in words, or null if nobody waits for it any more
   */
  async show(stream) {
    const round = ++this.#round;
    const response = await fetch(`api/last?stream=${encodeURIComponent(stream)}`);
    if (round !== this.#round) {
      return { shown: false, reason: null };
    }
    if (response.status !== 200) {
      return { shown: false, reason: response.status === 401 ? LOCKED : GONE };
    }
    const url = URL.createObjectURL(await response.blob());
    if (round !== this.#round) {
      URL.revokeObjectURL(url);
      return { shown: false, reason: null };
    }
    this.#image.src = url;
    await this.#image.decode().catch(() => {});
    if (round !== this.#round) {
      return { shown: false, reason: null };
    }
    return { shown: this.isShown, reason: this.isShown ? "" : GONE };
  }

  forget() {
    this.#round++;
    if (this.#image.src) {
      URL.revokeObjectURL(this.#image.src);
      this.#image.removeAttribute("src");
    }
  }

  get isShown() {
    return this.#image.hasAttribute("src") && this.#image.naturalWidth > 0;
  }

  get image() {
    return this.#image;
  }

  get width() {
    return this.#image.naturalWidth;
  }

  get height() {
    return this.#image.naturalHeight;
  }
}
