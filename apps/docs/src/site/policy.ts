/** Where the worker that runs cells lies, and nothing else. */
export const runFolder = '/run/';

/**
 * What the worker in `/run/` lives under. A worker obeys the policy of its own answer, not that of its page: code from
 * text is allowed here, where there is no document, no cookie and no storage key to reach, and asking the network for
 * anything but its own modules is not.
 */
export const workerPolicy: string = ["default-src 'none'", "script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'"].join(
  '; ',
);
