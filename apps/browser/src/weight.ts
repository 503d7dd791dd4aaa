import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** What a page has loaded, gzipped, in bytes. */
export interface Weight {
  readonly total: number;
  /** The part that is JavaScript. */
  readonly script: number;
  /** The bytes of each file, by its path. */
  readonly files: ReadonlyMap<string, number>;
}

/**
 * Starts to weigh what a page loads. Call it before the page navigates.
 *
 * @returns a function that gives the weight so far
 */
export function weigh(page: Page): () => Promise<Weight> {
  const pending: Promise<readonly [path: string, bytes: number, script: boolean] | undefined>[] = [];
  page.context().on('response', (response) => {
    const measured = response.body().then(
      (body) => {
        const type = response.headers()['content-type'] ?? '';
        const compressed = /^(image\/(?!svg)|font\/)/.test(type) ? body.length : gzipSync(body, { level: 9 }).length;
        return [new URL(response.url()).pathname, compressed, /javascript/.test(type)] as const;
      },
      () => undefined, // a redirect or an answer without a body
    );
    pending.push(measured);
  });
  return async () => {
    const answers = (await Promise.all(pending)).filter((answer) => answer !== undefined);
    const files = new Map(answers.map(([path, bytes]) => [path, bytes]));
    const scripts = new Map(answers.filter(([, , script]) => script).map(([path, bytes]) => [path, bytes]));
    return { total: sum(files.values()), script: sum(scripts.values()), files };
  };
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
