/** The packages that cells can import. Each is loaded on its first import. */
export const modules = {
  '@nn/tensor': () => import('@nn/tensor'),
  '@nn/tensor/wasm': () => import('@nn/tensor/wasm'),
  '@nn/activations': () => import('@nn/activations'),
  '@nn/layers': () => import('@nn/layers'),
  '@nn/losses': () => import('@nn/losses'),
  '@nn/optimizers': () => import('@nn/optimizers'),
  '@nn/metrics': () => import('@nn/metrics'),
  '@nn/datasets': () => import('@nn/datasets'),
  '@nn/datasets/iris': () => import('@nn/datasets/iris'),
  '@nn/datasets/wine': () => import('@nn/datasets/wine'),
  '@nn/datasets/breast-cancer': () => import('@nn/datasets/breast-cancer'),
  '@nn/datasets/digits': () => import('@nn/datasets/digits'),
} satisfies Readonly<Record<string, () => Promise<unknown>>>;
