import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The path of Debian's Chromium; the environment variable `CHROMIUM` names another. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why no browser can start here, as the reason of a skipped test; undefined where one can. */
export const missingChromium: string | undefined = existsSync(executablePath)
  ? undefined
  : `no Chromium at ${executablePath}: install Debian's package chromium, or set CHROMIUM to its path`;

/**
 * Starts Chromium without a window and without a profile. It makes no network requests of its own.
 *
 * @param flags  further command-line flags, such as `--enable-unsafe-webgpu`
 * @throws Error when Chromium is missing; see `missingChromium`
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
