import { expect, test } from 'vitest';
import { peakBytes, peakModule } from './peak-module.ts';

test.each([false, true])('every turn multiplies and adds once in each lane of each sum (fused: %s)', (fused) => {
  const bytes = peakBytes(fused);
  if (fused && !peakModule().fused) return;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const memory = new Float32Array((exports['memory'] as WebAssembly.Memory).buffer);
  memory.set([2, 3]);
  (exports['run'] as (turns: number) => void)(4);
  // ((0 · 2 + 3) · 2 + 3) · 2 + 3 …
  expect([...memory.subarray(4, 4 + 48)]).toEqual(Array(48).fill(45));
  expect(peakModule().operationsPerTurn).toBe(2 * 48);
});
