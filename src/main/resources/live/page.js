// The page: asks for figures once a second and hands them to its parts.
import { catalog, first } from "./catalog.js";
import { Details } from "./details.js";
import { byId, say } from "./dom.js";
import { showFlow, showHealth, showSettings } from "./flow.js";
import { Instances } from "./instances.js";
import { DeadLetters } from "./letters.js";
import { StreamList } from "./list.js";
import { Plots } from "./plots.js";
import { Stage } from "./stage.js";
import { Unlock } from "./unlock.js";

const FIGURES_EVERY_MS = 1000;
const CLUSTER_EVERY = 2;
const PATIENCE = 5;
const stage = new Stage();
const plots = new Plots();
const letters = new DeadLetters();
const details = new Details();
const instances = new Instances();
const list = new StreamList((stream) => choose(stream, true));
const unlock = new Unlock(() => {
  letters.forget();
  stage.retry();
});
let cluster = null;
let entries = [];
let chosen = null;
let rounds = 0;

/** The stream that the address names; it may be one that is not there. */
function wanted() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}

/** @param byUser who then finds it again at this address */
function choose(stream, byUser) {
  const entry = entries.find((each) => each.stream === stream);
  if (!entry) {
    return;
  }
  if (byUser) {
    history.replaceState(null, "", `#${encodeURIComponent(stream)}`);
  }
  if (stream !== chosen) {
    chosen = stream;
    stage.show(entry);
    plots.show(stream);
  }
  list.mark(stream);
  details.show(entry);
}

function showStreams(status) {
  entries = catalog(status, cluster);
  list.show(entries, cluster);
  const current = entries.find((each) => each.stream === chosen);
  if (current) {
    details.show(current);
    stage.update(current);
    return;
  }
  const named = wanted();
  const next = entries.find((each) => each.stream === named) ?? first(entries, status);
  const isBest = next && (next.stream === named || (next.running && !named));
  // A better one may be on another instance: the accounts come a moment later.
  if (next && (isBest || cluster?.complete || rounds > PATIENCE)) {
    choose(next.stream, false);
  } else {
    details.show(null);
  }
}

async function refreshCluster() {
  if (rounds++ % CLUSTER_EVERY === 0) {
    const response = await fetch("api/streams");
    cluster = response.ok ? await response.json() : cluster;
  }
}

async function refresh() {
  // A page that nobody sees asks for nothing.
  if (!document.hidden) {
    try {
      const status = await (await fetch("api/status")).json();
      await refreshCluster();
      showHealth(status);
      showSettings(status);
      showFlow(status);
      showStreams(status);
      instances.show(status, cluster);
      plots.add(status.streams);
      unlock.refresh(status.locked);
      const dead = status.streams.reduce((total, figures) => total + figures.dead, 0);
      await letters.refresh(status.writable, status.locked, dead);
    } catch (failure) {
      say(byId("health"), "no answer from Kinolift");
      byId("health").classList.add("bad");
    }
  }
  setTimeout(refresh, FIGURES_EVERY_MS);
}

window.addEventListener("hashchange", () => choose(wanted(), false));
refresh();
