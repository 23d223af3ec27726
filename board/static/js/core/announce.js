/** Says something to who listens to the page instead of looking at it. The line is part of the page from the start, else it is not heard. */

/** @param {string} text */
export function announce(text) {
  // What lies outside an open dialog is not heard: each dialog has a line of its own.
  const line = document.querySelector('dialog[open] .announcer') ?? document.getElementById('announcer');
  if (!line) return;
  // The same words twice would not be said again.
  line.textContent = line.textContent === text ? `${text}\u00a0` : text;
}
