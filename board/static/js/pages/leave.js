/** Signing out. The page goes even when the server cannot be reached: what is on the screen is somebody's. */
import { request } from '../core/http.js';
import { leaveForGood, sendUnsent } from '../core/unsent.js';

/** @param {boolean} [atOnce] nobody sits there any more: it goes even where what was typed cannot be sent */
export async function leave(atOnce = false) {
  // What was typed goes to the server first; where it cannot, the page asks before it goes.
  const sent = await sendUnsent();
  if (sent || atOnce) leaveForGood();
  try {
    await request('DELETE', '/session');
  } catch {
    // Signed out already, or no network: the sign-in page will tell.
  }
  sessionStorage.clear();
  location.replace('/sign-in');
}
