/** Ctrl+C asked for politely: the first one is noted, a second one ends the process at once. */
export interface Interruption {
  readonly requested: boolean;
  /** Stops listening. */
  end(): void;
}

/** Listens for Ctrl+C (SIGINT) and for SIGTERM. */
export function listenForInterruption(): Interruption {
  let requested = false;
  const note = (): void => {
    if (requested) process.exit(130);
    requested = true;
  };
  process.on('SIGINT', note);
  process.on('SIGTERM', note);
  return {
    get requested() {
      return requested;
    },
    end() {
      process.off('SIGINT', note);
      process.off('SIGTERM', note);
    },
  };
}

/** Lets the process hear signals and draw, between two pieces of work. */
export const breath = (): Promise<void> => new Promise((resume) => void setImmediate(resume));
