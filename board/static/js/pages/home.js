/** Home: what is mine can be done here; and that somebody was here is remembered, so that the next visit tells what is new. */
import { request } from '../core/http.js';
import { followActions } from './actions.js';

followActions();

// Only who has really seen the page was here: not a tab that the browser opened in the dark.
function remember() {
  if (document.visibilityState !== 'visible') return;
  document.removeEventListener('visibilitychange', remember);
  request('PUT', '/home/visit').catch(() => {});
}
document.addEventListener('visibilitychange', remember);
remember();
