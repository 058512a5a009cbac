// The topology of this instance with its figures, and its health.
import { byId, element, number, say } from "./dom.js";

function sum(streams, name) {
  return streams.reduce((total, figures) => total + figures[name], 0);
}

export function showFlow(status) {
  const streams = status.streams;
  const steps = [
    ["topic", status.topics.frames, `${number(status.waitingRecords)} records wait`],
    ["", "assemble-windows", `${number(sum(streams, "held"))} frames held`],
    ["", "upscale", `${sum(streams, "fps").toFixed(1)} frames/s`],
    ["", "account", `${number(sum(streams, "dead"))} dead · ${number(sum(streams, "dropped"))} dropped`],
    ["topic", status.topics.upscaled, `${number(sum(streams, "emitted"))} frames sent`],
  ];
  const list = byId("flow");
  while (list.children.length < steps.length) {
    const item = element("li", "");
    item.append(element("b", ""), element("span", ""));
    list.append(item);
  }
  steps.forEach(([kind, name, figure], index) => {
    const item = list.children[index];
    item.className = kind;
    say(item.children[0], name);
    say(item.children[1], figure);
  });
}

export function showHealth(status) {
  const isGood = status.live.ok && status.ready.ok;
  const verdict = !status.live.ok ? "not live" : status.ready.ok ? "ready" : "not ready";
  say(byId("health"), [verdict, ...status.ready.reasons].join(": "));
  byId("health").classList.toggle("bad", !isGood);
}

export function showSettings({ enlargements, windowSize }) {
  say(byId("settings"), [
    `${enlargements.common}, windows of ${windowSize}`,
    ...enlargements.groups.map((group) => `${group.match}: ${group.plan}`),
  ].join(" · "));
}
