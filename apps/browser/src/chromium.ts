import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian's Chromium lies; `CHROMIUM` names another. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why no browser can be had here, to be given as the reason of a skip; undefined where one can. */
export const missingChromium: string | undefined = existsSync(executablePath)
  ? undefined
  : `no Chromium at ${executablePath}: install Debian's package chromium, or name one in CHROMIUM`;

/**
 * A fresh Chromium without a window and without a profile. It asks nothing of the network by itself.
 *
 * @param flags  further flags of the command line, as `--enable-unsafe-webgpu`
 * @throws Error where there is none; see `missingChromium`
 */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  if (missingChromium !== undefined) throw new Error(`Cannot start a browser: ${missingChromium}.`);
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...flags,
    ],
  });
}
