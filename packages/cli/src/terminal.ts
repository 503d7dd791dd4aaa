/** Where the command writes to, and what can be shown there. */
export interface Terminal {
  readonly write: (text: string) => void;
  /** Whether a person watches, so that a line may be redrawn. */
  readonly interactive: boolean;
  /** Whether colours may be used. */
  readonly colours: boolean;
  /** How many characters fit into a line. */
  readonly columns: number;
}

/**
 * The terminal of this process. NO_COLOR turns colours off and FORCE_COLOR turns them on; otherwise they need a terminal.
 *
 * @see https://no-color.org
 */
export function processTerminal(
  stream: NodeJS.WriteStream = process.stdout,
  environment: NodeJS.ProcessEnv = process.env,
): Terminal {
  const interactive = stream.isTTY && environment['TERM'] !== 'dumb';
  const refused = (environment['NO_COLOR'] ?? '') !== '';
  const forced = (environment['FORCE_COLOR'] ?? '') !== '' && environment['FORCE_COLOR'] !== '0';
  return {
    write: (text) => void stream.write(text),
    interactive,
    colours: !refused && (forced || interactive),
    columns: stream.columns ?? 80,
  };
}
