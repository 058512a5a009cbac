// The list of streams: a group of radio buttons that is filtered by name.
import { place } from "./catalog.js";
import { byId, element, number, say } from "./dom.js";
import { readable } from "./text.js";

const FILTER_FROM = 12;

export class StreamList {
  #list = byId("streams");
  #filter = byId("filter");
  #chose;
  #chosen = null;

  /** @param chose called with the stream that the user has chosen */
  constructor(chose) {
    this.#chose = chose;
    this.#list.addEventListener("keydown", (event) => this.#onKey(event));
    this.#filter.addEventListener("input", () => this.#applyFilter());
  }

  /** @param cluster null if it is not known yet */
  show(entries, cluster) {
    const known = new Map([...this.#list.children].map((button) => [button.dataset.stream, button]));
    const several = (cluster?.instances.length ?? 1) > 1;
    entries.forEach((each, index) => {
      const button = known.get(each.stream) ?? this.#button(each.stream);
      known.delete(each.stream);
      if (this.#list.children[index] !== button) {
        this.#insert(button, index);
      }
      fill(button, each, several);
    });
    known.forEach((button) => button.remove());
    byId("no-streams").hidden = entries.length > 0;
    byId("filter-form").hidden = entries.length < FILTER_FROM;
    this.#applyFilter();
    this.mark(this.#chosen);
    this.#tell(entries, cluster);
  }

  /** A button that moves would lose the focus. */
  #insert(button, index) {
    const focused = document.activeElement === button;
    this.#list.insertBefore(button, this.#list.children[index] ?? null);
    if (focused) {
      button.focus();
    }
  }

  #button(stream) {
    const button = element("button", "");
    button.type = "button";
    button.setAttribute("role", "radio");
    button.dataset.stream = stream;
    button.append(element("strong", readable(stream)), element("span", ""), element("small", ""));
    button.addEventListener("click", () => this.#chose(stream));
    return button;
  }

  #tell(entries, cluster) {
    const ended = entries.filter((each) => each.ended).length;
    say(byId("stream-count"), entries.length === 0 ? "" : `${number(entries.length)}${ended ? `, ${number(ended)} ended` : ""}`);
    const notes = [];
    if (cluster?.more) {
      notes.push(`Not all of ${number(cluster.total)} are listed: kinolift streams has all.`);
    }
    if (cluster?.problem) {
      notes.push(cluster.problem);
    } else if (cluster && !cluster.complete) {
      notes.push("Reading the accounts.");
    }
    say(byId("streams-note"), notes.join(" "));
    byId("streams-note").hidden = notes.length === 0;
  }

  #applyFilter() {
    const wanted = byId("filter-form").hidden ? "" : this.#filter.value.trim().toLowerCase();
    let shown = 0;
    for (const button of this.#list.children) {
      button.hidden = !button.dataset.stream.toLowerCase().includes(wanted);
      shown += button.hidden ? 0 : 1;
    }
    byId("no-match").hidden = shown > 0 || this.#list.children.length === 0;
    this.#letIn();
  }

  /** One button of the group is reached by the tab key, as in any group of radio buttons. */
  #letIn() {
    const visible = [...this.#list.children].filter((button) => !button.hidden);
    const entry = visible.find((button) => button.dataset.stream === this.#chosen) ?? visible[0];
    for (const button of this.#list.children) {
      const index = button === entry ? 0 : -1;
      if (button.tabIndex !== index) {
        button.tabIndex = index;
      }
    }
  }

  mark(stream) {
    const changed = stream !== this.#chosen;
    this.#chosen = stream;
    for (const button of this.#list.children) {
      const isChosen = String(button.dataset.stream === stream);
      if (button.getAttribute("aria-checked") !== isChosen) {
        button.setAttribute("aria-checked", isChosen);
        if (changed && isChosen === "true") {
          this.#reveal(button);
        }
      }
    }
    this.#letIn();
  }

  /** In the list only: the page itself must not move. */
  #reveal(button) {
    const box = button.getBoundingClientRect();
    const list = this.#list.getBoundingClientRect();
    if (box.top < list.top || box.bottom > list.bottom) {
      this.#list.scrollTop += box.top - list.top - (list.height - box.height) / 2;
    }
  }

  /** Arrow keys go from stream to stream. */
  #onKey(event) {
    const all = [...this.#list.children].filter((button) => !button.hidden);
    const at = all.indexOf(document.activeElement);
    const to = {
      ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1,
    }[event.key];
    if (to !== undefined && at >= 0) {
      event.preventDefault();
      const next = all[(to + all.length) % all.length];
      next.click();
      next.focus();
    }
  }
}

function fill(button, each, several) {
  const [, rate, small] = button.children;
  const counts = each.account ?? each.figures;
  const dead = each.account ? each.account.deadLettered : each.figures.dead;
  const dropped = each.account ? Object.values(each.account.dropped).reduce((a, b) => a + b, 0) : each.figures.dropped;
  const state = each.ended ? "ended" : each.running ? `${each.fps.toFixed(1)} fps` : each.behind ? "behind" : "silent";
  say(rate, state);
  button.classList.toggle("over", each.ended);
  const texts = [`${number(counts.received)} in · ${number(counts.emitted)} out`];
  if (dropped > 0) {
    texts.push(`${number(dropped)} dropped`);
  }
  const level = each.ended ? 0 : (each.figures?.level ?? 0);
  const key = `${texts.join()}/${dead}/${level}/${several}/${place(each.instance)}`;
  if (small.dataset.key === key) {
    return;
  }
  small.dataset.key = key;
  small.replaceChildren(texts.join(" · "));
  if (dead > 0) {
    small.append(" · ", element("span", `${number(dead)} dead`, "dead"));
  }
  if (level > 0) {
    small.append(" · ", element("span", `level ${level}`, "level"));
  }
  if (several) {
    small.append(element("span", place(each.instance), "place"));
  }
}
