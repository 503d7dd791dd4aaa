/** A program as its workers know it: loop N of those that are shared is its export `shareN`. */
export interface PostedProgram {
  readonly id: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The laws of JavaScript that it calls, by their numbers, each as an operation and a dtype: `exp float64`. */
  readonly laws: readonly string[];
}

/** What the main thread posts to a worker. The first message says where they meet. */
export type Message =
  | { readonly words: Int32Array<SharedArrayBuffer>; readonly worker: number }
  | { readonly program: PostedProgram }
  | { readonly forget: number };
