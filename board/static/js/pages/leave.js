/** Signing out. The page goes even when the server cannot be reached: what is on the screen is somebody's. */
import { request } from '../core/http.js';

export async function leave() {
  try {
    await request('DELETE', '/session');
  } catch {
    // Signed out already, or no network: the sign-in page will tell.
  }
  sessionStorage.clear();
  location.replace('/sign-in');
}
