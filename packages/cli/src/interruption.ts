import { constants } from 'node:os';

/** A request to stop that arrived as a signal while work goes on. */
export interface Interruption {
  readonly requested: boolean;
  /** 128 and the number of the signal, as shells report it: 130 for Ctrl+C; 0 before a request. */
  readonly exitCode: number;
  /** Stops listening. */
  end(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Terminals and package managers may send one Ctrl+C twice at once, so a second one counts only after this time. */
const secondAfter = 500;

/**
 * Listens for Ctrl+C (SIGINT), for SIGTERM, and for SIGHUP, which arrives when the terminal is closed. The first signal
 * is noted, so that the work can end and be saved. A second Ctrl+C ends the process at once.
 *
 * @param beforeExit  runs before a second Ctrl+C ends the process
 */
export function listenForInterruption(beforeExit: () => void): Interruption {
  let exitCode = 0;
  let requestedAt = Infinity;
  const note = (signal: (typeof signals)[number]): void => {
    if (signal === 'SIGINT' && performance.now() - requestedAt > secondAfter) {
      beforeExit();
      process.exit(128 + constants.signals.SIGINT);
    }
    if (exitCode !== 0) return;
    exitCode = 128 + constants.signals[signal];
    requestedAt = performance.now();
  };
  for (const signal of signals) process.on(signal, note);
  return {
    get requested() {
      return exitCode !== 0;
    },
    get exitCode() {
      return exitCode;
    },
    end() {
      for (const signal of signals) process.off(signal, note);
    },
  };
}

/** Lets the event loop deliver signals and redraw. */
export const yieldToEventLoop = (): Promise<void> => new Promise((resume) => void setImmediate(resume));
