// Asks for the token where pictures are locked. The token goes for a cookie, with which pictures are fetched.
import { byId } from "./dom.js";

export class Unlock {
  #unlocked;

  /** @param unlocked called when the token was right */
  constructor(unlocked) {
    this.#unlocked = unlocked;
    byId("unlock").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#login().catch(() => this.#say("no answer from Kinolift"));
    });
  }

  refresh(locked) {
    const form = byId("unlock");
    const appears = locked && form.hidden;
    form.hidden = !locked;
    if (appears && document.activeElement === document.body) {
      byId("unlock-token").focus();
    }
  }

  async #login() {
    const field = byId("unlock-token");
    this.#say("");
    const response = await fetch("api/login", {
      method: "POST", headers: { Authorization: `Bearer ${field.value}` },
    });
    if (response.ok) {
      // The owner need not type it again to replay.
      byId("token").value = field.value;
      field.value = "";
      byId("unlock").hidden = true;
      byId("stage").focus();
      this.#unlocked();
      return;
    }
    this.#say((await response.json()).reason);
    field.select();
  }

  #say(text) {
    byId("unlock-note").textContent = text;
  }
}
