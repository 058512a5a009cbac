// The page: asks for figures once a second and hands them to its parts.
import { Viewer } from "./viewer.js";
import { Plots } from "./plots.js";
import { DeadLetters } from "./letters.js";
import { readable } from "./text.js";
import { Unlock } from "./unlock.js";

const FIGURES_EVERY_MS = 1000;
const byId = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");
const viewer = new Viewer();
const plots = new Plots();
const letters = new DeadLetters();
const unlock = new Unlock(() => letters.forget());
let chosen = null;

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) {
    made.className = className;
  }
  return made;
}

function choose(stream) {
  if (stream !== chosen) {
    chosen = stream;
    viewer.show(stream);
    plots.show(stream);
  }
  for (const button of byId("streams").children) {
    const isChosen = button.dataset.stream === stream;
    button.setAttribute("aria-checked", String(isChosen));
    button.tabIndex = isChosen ? 0 : -1;
  }
}

function streamButton(stream) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("role", "radio");
  button.dataset.stream = stream;
  button.append(element("strong", readable(stream)), element("span", ""), element("small", ""));
  button.addEventListener("click", () => choose(stream));
  return button;
}

/** Arrow keys go from stream to stream, as in any group of radio buttons. */
function onStreamKey(event) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const all = [...byId("streams").children];
  const at = all.indexOf(document.activeElement);
  if (step && at >= 0) {
    event.preventDefault();
    const next = all[(at + step + all.length) % all.length];
    choose(next.dataset.stream);
    next.focus();
  }
}

function showStreams(streams) {
  const list = byId("streams");
  const known = new Map([...list.children].map((button) => [button.dataset.stream, button]));
  for (const figures of streams) {
    let button = known.get(figures.stream);
    if (!button) {
      button = streamButton(figures.stream);
      list.append(button);
    }
    known.delete(figures.stream);
    button.children[1].textContent = figures.ended ? "ended" : `${figures.fps.toFixed(1)} fps`;
    const small = button.children[2];
    small.replaceChildren(`${number.format(figures.received)} in · ${number.format(figures.emitted)} out`);
    if (figures.dead > 0) {
      small.append(" · ", element("span", `${number.format(figures.dead)} dead`, "dead"));
    }
    if (figures.dropped > 0) {
      small.append(` · ${number.format(figures.dropped)} dropped`);
    }
  }
  known.forEach((button) => button.remove());
  byId("no-streams").hidden = streams.length > 0;
  if (streams.length > 0 && !streams.some((figures) => figures.stream === chosen)) {
    const live = streams.find((figures) => !figures.ended) ?? streams[0];
    choose(live.stream);
  } else if (chosen !== null) {
    choose(chosen);
  }
}

function sum(streams, name) {
  return streams.reduce((total, figures) => total + figures[name], 0);
}

function showFlow(status) {
  const streams = status.streams;
  const steps = [
    ["topic", status.topics.frames, `${number.format(status.waitingRecords)} records wait`],
    ["", "assemble-windows", `${number.format(sum(streams, "held"))} frames held`],
    ["", "upscale", `${sum(streams, "fps").toFixed(1)} frames/s`],
    ["", "account", `${number.format(sum(streams, "dead"))} dead · ${number.format(sum(streams, "dropped"))} dropped`],
    ["topic", status.topics.upscaled, `${number.format(sum(streams, "emitted"))} frames sent`],
  ];
  const list = byId("flow");
  while (list.children.length < steps.length) {
    const item = document.createElement("li");
    item.append(document.createElement("b"), document.createElement("span"));
    list.append(item);
  }
  steps.forEach(([kind, name, figure], index) => {
    const item = list.children[index];
    item.className = kind;
    item.children[0].textContent = name;
    item.children[1].textContent = figure;
  });
}

function showHealth(status) {
  const health = byId("health");
  const isGood = status.live.ok && status.ready.ok;
  const verdict = !status.live.ok ? "not live" : status.ready.ok ? "ready" : "not ready";
  const text = [verdict, ...status.ready.reasons].join(": ");
  if (health.textContent !== text) {
    health.textContent = text;
  }
  health.classList.toggle("bad", !isGood);
}

function showSettings({ enlargements, windowSize }) {
  byId("settings").textContent = [
    `${enlargements.common}, windows of ${windowSize}`,
    ...enlargements.groups.map((group) => `${group.match}: ${group.plan}`),
  ].join(" · ");
}

async function refresh() {
  try {
    const response = await fetch("api/status");
    const status = await response.json();
    showHealth(status);
    showSettings(status);
    showFlow(status);
    showStreams(status.streams);
    plots.add(status.streams);
    unlock.refresh(status.locked);
    await letters.refresh(status.writable, status.locked, sum(status.streams, "dead"));
  } catch (failure) {
    byId("health").textContent = "no answer from Kinolift";
    byId("health").classList.add("bad");
  }
  setTimeout(refresh, FIGURES_EVERY_MS);
}

byId("streams").addEventListener("keydown", onStreamKey);
refresh();
