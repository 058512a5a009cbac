// What became of the frames of the chosen stream, and why.
import { link, place } from "./catalog.js";
import { byId, duration, element, number, say } from "./dom.js";
import { readable } from "./text.js";
import { DEAD, DROPPED, INCIDENTS } from "./words.js";

const STATES = {
  LIVE: "running", BEHIND: "behind, records wait to be read", IDLE: "silent, with frames held", RESTING: "silent",
  ENDED: "ended",
};
const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);

/** The account if there is one: it is exact. Else the figures of this process. */
function counts({ account, figures }) {
  if (account) {
    return {
      received: account.received, upscaled: account.upscaled, dead: account.deadLettered, dropped: sum(account.dropped),
      held: account.held, filled: account.filled, emitted: account.emitted,
    };
  }
  return {
    received: figures.received, upscaled: null, dead: figures.dead, dropped: figures.dropped, held: figures.held,
    filled: null, emitted: figures.emitted,
  };
}

const NAMES = [
  ["received", "Received"], ["upscaled", "Upscaled"], ["dead", "Dead letters"], ["dropped", "Dropped"], ["held", "Held"],
  ["filled", "Filled in"], ["emitted", "Sent out"],
];

export class Details {
  #key = "";

  /** @param each an entry of the catalog; null if there is none */
  show(each) {
    const key = JSON.stringify(each && [each.stream, each.instance, each.account, each.figures?.deadReasons, each.ended]);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    byId("details").hidden = !each;
    if (each) {
      say(byId("details-name"), readable(each.stream));
      byId("details-where").replaceChildren(...where(each));
      byId("counts").replaceChildren(...figures(each));
      byId("why").replaceChildren(...why(each));
    }
  }
}

function where(each) {
  const { account, instance } = each;
  const parts = [];
  if (account) {
    const last = account.state === "BEHIND" ? "last frame read was sent" : "last frame";
    const since = account.state === "LIVE" ? "" : `, ${last} ${duration(account.behindMillis)} ago`;
    parts.push(`${each.ended ? "ended" : STATES[account.state]}${since} · session ${account.session} · `
      + `${account.topic} partition ${account.partition} · `);
  }
  const target = link(each);
  if (target) {
    const anchor = element("a", `on ${place(instance)}`);
    anchor.href = target;
    parts.push(anchor);
  } else {
    parts.push(instance ? `on ${place(instance)}` : "no instance works on it now");
  }
  return parts;
}

function figures(each) {
  const found = counts(each);
  return NAMES.filter(([name]) => found[name] !== null).map(([name, title]) => {
    const pair = document.createElement("div");
    const value = element("dd", number(found[name]), name === "dead" && found.dead > 0 ? "dead" : "");
    value.dataset.count = name;
    pair.append(element("dt", title), value);
    return pair;
  });
}

function why(each) {
  const dropped = each.account?.dropped ?? each.figures?.droppedPolicies ?? {};
  const reasons = each.figures?.deadReasons ?? {};
  const found = counts(each);
  const items = [
    ...lines("Dropped", dropped, DROPPED),
    ...lines("Dead letters", reasons, DEAD),
  ];
  const unexplained = found.dead - sum(reasons);
  if (unexplained > 0) {
    items.push(line("Dead letters", "", unexplained, each.own
      ? "before this process began; kinolift dead-letters lists them"
      : "the page of its instance has the reasons, and so has kinolift dead-letters"));
  }
  items.push(...lines("Also", each.account?.incidents ?? {}, INCIDENTS));
  return items.length > 0 ? items : [element("li", "No frame was dropped or became a dead letter.", "muted")];
}

function lines(kind, found, words) {
  return Object.entries(found).filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a)
    .map(([name, count]) => line(kind, name, count, words[name] ?? ""));
}

function line(kind, name, count, text) {
  const item = element("li", "");
  item.append(element("span", kind, "kind"), element("b", number(count)));
  const meaning = element("span", text);
  if (name) {
    meaning.prepend(element("code", name), " ");
  }
  item.append(meaning);
  return item;
}
