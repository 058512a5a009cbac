// Small helpers of all parts of the page.
export const byId = (id) => document.getElementById(id);

const format = new Intl.NumberFormat("en");

export const number = (value) => format.format(value);

export function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) {
    made.className = className;
  }
  return made;
}

/** Changes the text only if it is another one, so that nothing is read aloud twice. */
export function say(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

export function duration(millis) {
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  const seconds = millis / 1000;
  if (seconds < 120) {
    return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  }
  const minutes = seconds / 60;
  return minutes < 120 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 60)} h`;
}
