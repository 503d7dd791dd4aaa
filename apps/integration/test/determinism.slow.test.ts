import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium, missingChromium, serveFolder, watchPage } from '@nn/browser';
import { buildPackages } from '@nn/checks/build-packages';
import { bundle } from '@nn/checks/bundle';
import { runCommand } from '@nn/checks/run-command';
import { temporaryFolder } from '@nn/checks/temporary-copy';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Trained, trainedSpiral } from './spiral-weights.ts';

const settings = { seed: 0, steps: 500 };
let here: Trained;

/** The training as a program on the built packages; `report` is what it does with the result. */
async function program(report: string): Promise<string> {
  const training = `import { trainedSpiral } from './test/spiral-weights.ts';
    const trained = JSON.stringify(await trainedSpiral(${JSON.stringify(settings)}));`;
  return (await bundle(`${training}\n${report}`, join(import.meta.dirname, '..'))).readable;
}

beforeAll(async () => {
  buildPackages();
  here = await trainedSpiral(settings);
});

describe('500 steps on the spiral give the same weights, to the last bit,', () => {
  test.for(['22.23.3', '22.18.0'])('by Node %s as by this one', async (version, { skip }) => {
    const folder = temporaryFolder();
    const name = `node-linux-${process.arch}`;
    const fetched = runCommand('npm', ['install', '--no-audit', '--no-fund', `${name}@${version}`], folder);
    if (fetched.code !== 0) skip(`Node ${version} cannot be installed from the package registry`);
    writeFileSync(join(folder, 'spiral.mjs'), await program('console.log(process.version, trained);'));
    const { code, printed } = runCommand(join(folder, 'node_modules', name, 'bin/node'), ['spiral.mjs'], folder);
    expect(code, printed).toBe(0);
    expect(printed.trim()).toBe(`v${version} ${JSON.stringify(here)}`);
  });

  test.skipIf(missingChromium !== undefined)(
    `by Chromium, in the page and in a worker, under a strict content security policy${missingChromium ? ` (${missingChromium})` : ''}`,
    async () => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'worker.js'), await program('postMessage(trained);'));
      const page = `
        const worker = new Worker('worker.js', { type: 'module' });
        worker.onmessage = ({ data }) => {
          document.body.append(Object.assign(document.createElement('output'), { value: '[' + trained + ',' + data + ']' }));
        };
      `;
      writeFileSync(join(folder, 'page.js'), await program(page));
      writeFileSync(
        join(folder, 'index.html'),
        '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>',
      );
      await using site = await serveFolder(folder);
      const browser = await launchChromium();
      try {
        const opened = await browser.newPage();
        const watched = await watchPage(opened, site.url);
        await opened.goto(`${site.url}/`);
        const outcomes = await opened.locator('output').textContent();
        expect(JSON.parse(outcomes ?? '')).toEqual([here, here]);
        expect(watched).toEqual({ violations: [], foreign: [], errors: [], missing: [] });
      } finally {
        await browser.close();
      }
    },
  );
});
