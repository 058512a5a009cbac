// Three small line plots of the last two minutes, one point per second. What was seen is kept per stream.
import { byId, duration } from "./dom.js";

const POINTS = 120;
const SVG = "http://www.w3.org/2000/svg";

const SERIES = [
  { id: "fps", value: (figures) => figures.fps, text: (value) => `${value.toFixed(1)} fps` },
  { id: "latency", value: (figures) => figures.latencyMedianMillis < 0 ? null : figures.latencyMedianMillis,
    text: (value) => duration(value) },
  { id: "lag", value: (figures) => figures.ended ? 0 : figures.lagMillis, text: (value) => duration(value) },
];

/** The next of 1, 2, 5, 10, 20, ... so that the scale does not jump with every point. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return power * [1, 2, 5, 10].find((step) => step * power >= value);
}

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text) {
    made.textContent = text;
  }
  return made;
}

export class Plots {
  #history = new Map();
  #stream = null;

  show(stream) {
    this.#stream = stream;
    this.#draw();
  }

  add(streams) {
    const present = new Set(streams.map((figures) => figures.stream));
    for (const stream of this.#history.keys()) {
      if (!present.has(stream)) {
        this.#history.delete(stream);
      }
    }
    for (const figures of streams) {
      const points = this.#history.get(figures.stream) ?? [];
      points.push(SERIES.map((series) => series.value(figures)));
      this.#history.set(figures.stream, points.slice(-POINTS));
    }
    this.#draw();
  }

  #draw() {
    // There are none of a stream that another instance works on.
    byId("plots").hidden = !this.#history.has(this.#stream);
    const points = this.#history.get(this.#stream) ?? [];
    SERIES.forEach((series, index) => {
      const values = points.map((point) => point[index]);
      const last = values.at(-1);
      byId(`${series.id}-now`).textContent = last === undefined || last === null ? "–" : series.text(last);
      plot(byId(`plot-${series.id}`), values, series.text);
    });
  }
}

function plot(svg, values, text) {
  const width = svg.clientWidth || 200;
  const height = svg.clientHeight || 92;
  const top = 16;
  const bottom = height - 2;
  const most = ceiling(Math.max(0, ...values.filter((value) => value !== null)));
  const x = (index) => width - (values.length - 1 - index) * (width / (POINTS - 1));
  const y = (value) => bottom - (value / most) * (bottom - top);
  let path = "";
  values.forEach((value, index) => {
    if (value !== null) {
      const starts = index === 0 || values[index - 1] === null;
      path += `${starts ? "M" : "L"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    }
  });
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren(
    element("line", { x1: 0, x2: width, y1: top, y2: top }),
    element("line", { x1: 0, x2: width, y1: bottom, y2: bottom }),
    element("text", { x: 0, y: top - 4 }, text(most)),
    element("path", { d: path || "M0 0" }));
}
