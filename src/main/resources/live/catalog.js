// All streams, from two sides: the figures of this instance, once a second, and the accounts of the whole application.
import { readable } from "./text.js";

const order = new Intl.Collator("en", { numeric: true });

/** An entry is what the list and the details show of one stream. */
function entry(stream) {
  return { stream, own: false, ended: false, running: false, behind: false, fps: 0, figures: null, account: null, instance: null, paths: null };
}

/**
 * @param status of this instance
 * @param cluster of the application; null if it is not known yet
 * @returns entries: those that have not ended first, by name
 */
export function catalog(status, cluster) {
  const all = new Map();
  const of = (stream) => {
    if (!all.has(stream)) {
      all.set(stream, entry(stream));
    }
    return all.get(stream);
  };
  for (const line of cluster?.streams ?? []) {
    const each = of(line.stream);
    each.account = line;
    each.instance = cluster.instances[line.instance] ?? null;
    each.own = each.instance?.isThis ?? false;
    each.ended = line.state === "ENDED";
    each.running = line.state === "LIVE";
    each.behind = line.state === "BEHIND";
    each.fps = line.fps;
  }
  for (const figures of status.streams) {
    const each = of(figures.stream);
    // A stream that has moved to another instance left its figures here.
    if (each.instance && !each.instance.isThis) {
      continue;
    }
    each.own = true;
    each.instance = each.instance ?? status.instance;
    each.figures = figures;
    each.paths = status.watch[figures.stream];
    each.ended = figures.ended;
    each.running = !figures.ended && (figures.fps > 0 || each.running);
    each.fps = figures.fps;
  }
  return [...all.values()].sort((a, b) => a.ended - b.ended || order.compare(a.stream, b.stream));
}

/** The stream to begin with: the newest that runs here, else one that runs elsewhere, else one that has not ended. */
export function first(entries, status) {
  const age = new Map(status.streams.map((figures, index) => [figures.stream, index]));
  const byAge = [...entries].sort((a, b) =>
    (b.account?.session ?? 0) - (a.account?.session ?? 0) || (age.get(b.stream) ?? -1) - (age.get(a.stream) ?? -1));
  return byAge.find((each) => each.running && each.paths)
    ?? byAge.find((each) => !each.ended && each.paths)
    ?? byAge.find((each) => each.running)
    ?? byAge[0];
}

/** Short enough for a list: the host and port of its page, or its host, or its name. */
export function place(instance) {
  if (!instance) {
    return "no instance";
  }
  if (instance.isThis) {
    return "this instance";
  }
  return instance.page ? instance.page.replace(/^http:\/\/|\/$/g, "") : readable(instance.host || instance.name);
}

/** Where a stream of another instance is shown; null if its address is not known. */
export function link(each) {
  return each.instance && !each.instance.isThis && each.instance.page
    ? `${each.instance.page}#${encodeURIComponent(each.stream)}` : null;
}
