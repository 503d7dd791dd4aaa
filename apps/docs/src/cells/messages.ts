/** A request of the page to its worker: run the last of these cells in the scope of the cells before it. */
export interface RunRequest {
  readonly version: 1;
  readonly sources: readonly string[];
}

/** The answers of the worker, in this order: `begun` once per cell that runs, `printed` lines, then `done` or `failed`. */
export type RunAnswer =
  | { readonly kind: 'begun'; readonly cell: number }
  | { readonly kind: 'printed'; readonly cell: number; readonly text: string }
  | { readonly kind: 'done' }
  | {
      readonly kind: 'failed';
      readonly cell: number;
      readonly message: string;
      readonly line: number | undefined;
    };
