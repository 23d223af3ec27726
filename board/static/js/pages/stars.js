/** Keeping a board at hand, from the list of boards. */
import { request } from '../core/http.js';
import { say } from './say.js';

for (const button of document.querySelectorAll('[data-star]')) {
  button.addEventListener('click', async () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(on));
    try {
      await request(on ? 'PUT' : 'DELETE', `/boards/${button.getAttribute('data-star')}/star`);
    } catch (error) {
      button.setAttribute('aria-pressed', String(!on));
      say(String(/** @type {Error} */ (error).message));
    }
  });
}
