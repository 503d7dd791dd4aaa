/** What a page asks of its worker: run the last of these cells, in the scope of those before it. */
export interface RunRequest {
  readonly version: 1;
  readonly sources: readonly string[];
}

/** What the worker answers, in this order: begun (once for every cell that runs), printed lines, and an end. */
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
