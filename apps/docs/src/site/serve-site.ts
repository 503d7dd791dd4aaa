import { join } from 'node:path';
import { serveFolder, type Site, strictPolicy } from '@nn/browser';
import { runFolder, workerPolicy } from './policy.ts';

/** The folder of the built site. */
export const siteFolder: string = join(import.meta.dirname, '../../dist');

/** Serves the built site on localhost: pages under the strict policy, the worker that runs cells under its own policy. */
export function serveSite(port?: number): Promise<Site> {
  const policy = (path: string): string => (path.startsWith(runFolder) ? workerPolicy : strictPolicy);
  return serveFolder(siteFolder, { policy, ...(port !== undefined && { port }) });
}
