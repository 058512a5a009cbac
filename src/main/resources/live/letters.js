// The last dead letters with what can be seen of them; replay for who has the token.
import { byId, element } from "./dom.js";
import { readable } from "./text.js";
import { DEAD } from "./words.js";

function thumbnail(letter) {
  const frame = document.createElement("div");
  frame.className = "thumb";
  if (!letter.picture) {
    frame.textContent = "no picture";
    return frame;
  }
  fetch(`api/dead-letters/${letter.number}/picture`).then(async (response) => {
    if (response.status === 204) {
      frame.textContent = "no longer kept";
      return;
    }
    if (response.status === 401) {
      frame.textContent = "needs the token";
      return;
    }
    const image = new Image();
    image.alt = `Frame ${letter.sequence} of ${readable(letter.stream)}`;
    const url = URL.createObjectURL(response.ok ? await response.blob() : new Blob());
    image.src = url;
    await image.decode().finally(() => URL.revokeObjectURL(url));
    frame.replaceChildren(image);
  }).catch(() => {
    frame.textContent = "undecodable";
  });
  return frame;
}

export class DeadLetters {
  #seen = -1;
  #writable = false;

  constructor() {
    byId("token-form").addEventListener("submit", (event) => event.preventDefault());
  }

  /** All are asked for again: their pictures may be seen now. */
  forget() {
    this.#seen = -1;
  }

  /** @param count of dead letters: while it stays, there is nothing to ask for */
  async refresh(writable, locked, count) {
    // One form is enough: that of the pictures fills in this one.
    byId("token-form").hidden = !writable || locked;
    if (count === this.#seen && writable === this.#writable) {
      return;
    }
    const letters = await (await fetch("api/dead-letters")).json();
    this.#seen = count;
    this.#writable = writable;
    byId("no-letters").hidden = letters.length > 0;
    byId("letters").hidden = letters.length === 0;
    byId("letters").replaceChildren(...letters.map((letter) => this.#item(letter)));
  }

  #item(letter) {
    const item = document.createElement("li");
    const text = document.createElement("div");
    const frame = letter.sequence < 0 ? "" : `, frame ${letter.sequence}`;
    const head = element("p", "");
    head.append(element("span", letter.reason, "reason"), ` ${readable(letter.stream)}${frame}`);
    const when = new Date(letter.atMillis).toLocaleTimeString();
    text.append(head, element("p", `${DEAD[letter.reason] ?? ""}: ${readable(letter.detail)}`.replace(/^: /, "")),
      element("p", `${when} · ${letter.topic}-${letter.partition} offset ${letter.offset}`, "muted"));
    item.append(thumbnail(letter), text);
    if (this.#writable) {
      const button = element("button", "Replay");
      button.type = "button";
      button.setAttribute("aria-label", `Replay dead letter ${letter.number}`);
      button.addEventListener("click", () => this.#replay(letter, button));
      item.append(button);
    }
    return item;
  }

  async #replay(letter, button) {
    button.disabled = true;
    const response = await fetch(`api/dead-letters/${letter.number}/replay`, {
      method: "POST", headers: { Authorization: `Bearer ${byId("token").value}` },
    });
    const answer = await response.json();
    byId("letters-note").textContent = response.ok ? `Replayed: ${answer.replayed}` : answer.reason;
    button.disabled = false;
  }
}
