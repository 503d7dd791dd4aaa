import { effect } from '@preact/signals';
import { decodeLink, encodeLink } from './link.ts';
import type { Settings } from './schema.ts';
import * as store from './store.ts';

/** The URL is updated after this time without a change, in milliseconds. */
const quiet = 200;

/** Loads the settings from the URL and shows a notice if some of them are invalid. */
export async function loadFromUrl(): Promise<void> {
  const { settings, errors } = await decodeLink(location.hash);
  store.change(settings);
  if (errors.length > 0) {
    const [first, ...rest] = errors;
    const shown = [first!, ...rest.slice(0, 3)];
    if (rest.length > 3) shown.push(`And ${rest.length - 3} more.`);
    store.notice.value = { kind: 'error', title: 'Parts of this link could not be read', lines: shown };
  }
}

/** Keeps the URL in sync with the settings. */
export function syncUrl(): void {
  let written = location.hash;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first = true;
  effect(() => {
    const settings = store.settings.value;
    clearTimeout(timer);
    // The first settings come from the URL.
    if (first) {
      first = false;
      return;
    }
    timer = setTimeout(() => void write(settings), quiet);
  });
  const write = async (settings: Settings): Promise<void> => {
    written = `#${await encodeLink(settings)}`;
    window.history.replaceState(null, '', written);
  };
  addEventListener('hashchange', () => {
    if (location.hash !== written) void loadFromUrl();
  });
}
