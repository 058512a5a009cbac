// The instances of the application, this one first: who they are, and what they work on.
import { byId, element } from "./dom.js";
import { readable } from "./text.js";

function partitions(instance) {
  const topics = Object.entries(instance.partitions);
  return topics.length === 0 ? "no partitions"
    : topics.map(([topic, numbers]) => `${topic}: ${ranges(numbers)}`).join("; ");
}

/** 0, 1, 2, 5 is 0–2, 5. */
export function ranges(numbers) {
  const runs = [];
  for (const each of numbers) {
    const last = runs.at(-1);
    if (last && each === last[1] + 1) {
      last[1] = each;
    } else {
      runs.push([each, each]);
    }
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

export class Instances {
  #key = "";

  /** @param cluster null if it is not known yet */
  show(status, cluster) {
    const all = cluster?.instances ?? [status.instance];
    const key = JSON.stringify([status.version, status.application, all]);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    byId("about").replaceChildren(`Version ${status.version} · application `, element("b", status.application),
      ` · ${all.length === 1 ? "one instance" : `${all.length} instances`}`);
    byId("instances").replaceChildren(...all.map(item));
  }
}

function item(instance) {
  const made = element("li", "");
  const head = element("p", "");
  const name = element("b", readable(instance.name || "not started"));
  head.append(name);
  if (instance.isThis) {
    head.append(" ", element("span", "this instance", "badge"));
  }
  const where = element("p", "", "muted");
  where.append(instance.host ? `host ${readable(instance.host)} · ` : "");
  if (instance.page) {
    const anchor = element("a", instance.page.replace(/^http:\/\/|\/$/g, ""));
    anchor.href = instance.page;
    where.append("page ", anchor);
  } else {
    where.append("its page is not known (application.server)");
  }
  made.append(head, where, element("p", partitions(instance), "muted"));
  return made;
}
