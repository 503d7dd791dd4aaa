import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Tolerance } from './workload.ts';

/** Someone to be measured. */
export interface Entrant {
  readonly name: string;
  /** Ours; a JavaScript peer; Python with native code; or what the machine can do. */
  readonly family: 'ours' | 'by hand' | 'peer' | 'native' | 'limit';
  readonly command: readonly [string, ...string[]];
  readonly rowByRow?: boolean;
  readonly tolerance?: Tolerance;
}

const serve = join(import.meta.dirname, 'serve.ts');

function inNode(folder: string, file: string, ...variant: string[]): Entrant['command'] {
  return [process.execPath, serve, join(import.meta.dirname, folder, file), ...variant];
}

/** Debian's Python, whose packages bring OpenBLAS; where it is missing, the first one on the path. */
function inPython(module: string): Entrant['command'] {
  const debian = '/usr/bin/python3';
  return [existsSync(debian) ? debian : 'python3', join(import.meta.dirname, '../peers/serve.py'), module];
}

export const entrants: readonly Entrant[] = [
  { name: 'compiled', family: 'ours', command: inNode('contestants', 'nn.ts', 'compiled') },
  { name: 'compiled, many steps a call', family: 'ours', command: inNode('contestants', 'nn.ts', 'repeat') },
  { name: 'compiled, 2 threads', family: 'ours', command: inNode('contestants', 'nn.ts', 'threads') },
  { name: 'compiled, deterministic', family: 'ours', command: inNode('contestants', 'nn.ts', 'deterministic') },
  { name: 'eager', family: 'ours', command: inNode('contestants', 'nn.ts', 'eager') },
  { name: 'plain TypeScript', family: 'by hand', command: inNode('contestants', 'by-hand.ts') },
  { name: 'tfjs cpu', family: 'peer', command: inNode('../peers', 'tfjs.ts', 'cpu') },
  { name: 'tfjs wasm', family: 'peer', command: inNode('../peers', 'tfjs.ts', 'wasm') },
  { name: 'jax-js', family: 'peer', command: inNode('../peers', 'jax.ts') },
  { name: 'onnxruntime-web', family: 'peer', command: inNode('../peers', 'onnx.ts') },
  {
    name: 'synaptic',
    family: 'peer',
    command: inNode('../peers', 'synaptic.ts'),
    rowByRow: true,
    // It moves the weights of the output before the hidden neurons look at them.
    tolerance: { relative: 0.01, absolute: 0 },
  },
  { name: 'NumPy', family: 'native', command: inPython('with_numpy') },
  { name: 'PyTorch', family: 'native', command: inPython('with_torch') },
  { name: 'wasm peak', family: 'limit', command: inNode('contestants', 'wasm-peak.ts') },
];

/** One thread each; OpenBLAS chooses its kernels by the processor and not by what someone has set. */
export function environment(): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...rest } = process.env;
  return {
    ...rest,
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
    MKL_NUM_THREADS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}
