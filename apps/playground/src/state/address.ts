import { effect } from '@preact/signals';
import { decodeLink, encodeLink } from './link.ts';
import type { Settings } from './schema.ts';
import * as store from './store.ts';

/** After so long without a change the address is written, in milliseconds. */
const quiet = 200;

/** Takes the settings from the address, and tells what of them could not be read. */
export async function openAddress(): Promise<void> {
  const { settings, faults } = await decodeLink(location.hash);
  store.change(settings);
  if (faults.length > 0) {
    const [first, ...rest] = faults;
    const shown = [first!, ...rest.slice(0, 3)];
    if (rest.length > 3) shown.push(`And ${rest.length - 3} more.`);
    store.notice.value = { kind: 'fault', title: 'This link could not be read whole', lines: shown };
  }
}

/** Keeps the address at what the settings are. */
export function followSettings(): void {
  let written = location.hash;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first = true;
  effect(() => {
    const settings = store.settings.value;
    clearTimeout(timer);
    // What has just been opened is in the address already.
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
    if (location.hash !== written) void openAddress();
  });
}
