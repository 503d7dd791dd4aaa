import { between, type Moment } from '../clock.ts';

/** How long a program took from one mark to the next, in milliseconds. */
export interface Phases {
  /** Until what it imports is ready. */
  readonly import: number;
  /** Until the model is built and its step is traced. Missing where the first step does that. */
  readonly trace?: number;
  /** Until the step is compiled. Missing where the first step does that. */
  readonly compile?: number;
  /** Until the loss of the first training step can be read. */
  readonly firstStep: number;
}

/** The moment at the end of each phase. */
export interface Marks {
  readonly start: Moment;
  readonly imported: Moment;
  readonly traced?: Moment;
  readonly compiled?: Moment;
  readonly stepped: Moment;
}

/** Tells the coordinator, as the last line that the program prints. */
export function tell({ start, imported, traced, compiled, stepped }: Marks): void {
  const phases: Phases = {
    import: between(start, imported),
    ...(traced && compiled && { trace: between(imported, traced), compile: between(traced, compiled) }),
    firstStep: between(compiled ?? imported, stepped),
  };
  console.log(`\n${JSON.stringify(phases)}`);
}
