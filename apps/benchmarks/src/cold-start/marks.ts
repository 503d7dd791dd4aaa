/** How long a program took from one mark to the next, in milliseconds. */
export interface Phases {
  /** Until what it imports is ready. */
  readonly import: number;
  /** Until the model stands and its step is traced; nothing where the first step does it. */
  readonly trace?: number;
  /** Until the step is compiled; nothing where the first step does it. */
  readonly compile?: number;
  /** Until the loss of the first training step can be read. */
  readonly firstStep: number;
}

/** The clock at the end of each phase. */
export interface Marks {
  readonly start: number;
  readonly imported: number;
  readonly traced?: number;
  readonly compiled?: number;
  readonly stepped: number;
}

/** Tells the coordinator, as the last line that the program prints. */
export function tell({ start, imported, traced, compiled, stepped }: Marks): void {
  const compiles = traced !== undefined && compiled !== undefined;
  const phases: Phases = {
    import: imported - start,
    ...(compiles && { trace: traced - imported, compile: compiled - traced }),
    firstStep: stepped - (compiled ?? imported),
  };
  console.log(`\n${JSON.stringify(phases)}`);
}
