/** What of src/wasm the light door does without. */
const rare =
  'index|lane-by-lane|law-named|listing|random|reduce-in-doubles|search|math/(erf|pow|trigonometry|wide)|matmul/doubles';
const threaded = 'start-worker|threads|threads/.*|worker';

/**
 * The files of @nn/tensor whose functions are nearly all called as soon as a first program is compiled: what the light
 * door of the backend takes, and what binds and feeds programs.
 */
export const calledAtOnce: RegExp = new RegExp(
  `^src/(loops/.*|wasm/(?!(${rare}|${threaded})\\.ts).*|bound\\.ts|copy-numbers\\.ts|operations/view\\.ts)$`,
);
