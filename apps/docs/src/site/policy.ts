/** The folder of the worker that runs cells. It contains nothing else. */
export const runFolder = '/run/';

/**
 * The content security policy of the worker in `/run/`. A worker has the policy of its own response, not that of its page.
 * This policy allows eval, because the worker has no document, no cookies and no storage, and forbids all requests except
 * for its own modules.
 */
export const workerPolicy: string = ["default-src 'none'", "script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'"].join(
  '; ',
);
