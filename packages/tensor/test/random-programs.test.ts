import { assert, property } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { trace } from '../src/compile/trace.ts';
import { compile, disassemble, type Tensor, tensor } from '../src/index.ts';
import { operations } from '../src/operations/index.ts';
import { i32_store } from '../src/wasm/assembler/opcode.ts';
import { wasm } from '../src/wasm/index.ts';
import { threadsInSmallChunks } from './small-chunks.ts';
import { outOfBoundsWrites, useGuardedMemory } from './guarded-memory.ts';
import { convolutionalNetworks } from './random-convolutional-network.ts';
import { networks } from './random-network.ts';
import { batchedPrograms, largePrograms, programs } from './random-program.ts';
import { expectSameResults } from './same-results.ts';

const fault = vi.hoisted(() => ({ planted: false }));

vi.mock(import('../src/loops/memory.ts'), async (original) => {
  const [real, { withGuards }] = [await original(), await import('./guarded-memory.ts')];
  return { ...real, planMemory: withGuards(real.planMemory) };
});

// A planted fault: a kernel that writes one element past its buffer.
vi.mock(import('../src/wasm/kernels/map.ts'), async (original) => {
  const real = await original();
  return {
    ...real,
    writeMap(f, context, kernel, rows) {
      real.writeMap(f, context, kernel, rows);
      const { buffer } = kernel.stores[0]!.to;
      if (fault.planted)
        f.i32(context.addressOf(buffer) + 4 * buffer.size)
          .i32(0)
          .memory(i32_store);
    },
  };
});

beforeAll(useGuardedMemory);
afterAll(() => vi.restoreAllMocks());

const runs = 300;

describe('random programs', () => {
  test.each([
    ['of every operation, by wasm,', wasm, programs, runs, 11],
    ['of every operation, by deterministic wasm,', wasm({ deterministic: true }), programs, runs, 12],
    ['of every operation, by wasm with threads,', wasm({ threads: threadsInSmallChunks(3) }), programs, runs, 12],
    ['of large tensors, by wasm,', wasm, largePrograms, 20, 13],
    ['of large tensors, by wasm with threads,', wasm({ threads: threadsInSmallChunks(3) }), largePrograms, 20, 13],
    ['of batches, by wasm,', wasm, batchedPrograms, 60, 17],
    ['of batches, by deterministic wasm,', wasm({ deterministic: true }), batchedPrograms, 40, 18],
    ['of batches, by wasm with threads,', wasm({ threads: threadsInSmallChunks(3) }), batchedPrograms, 40, 19],
    ['that train networks, by wasm,', wasm, networks, runs, 14],
    ['that train networks, by deterministic wasm,', wasm({ deterministic: true }), networks, runs, 15],
    ['that train networks, by wasm with threads,', wasm({ threads: threadsInSmallChunks(3) }), networks, runs, 16],
    ['that train convolutional networks, by wasm,', wasm, convolutionalNetworks, 200, 20],
    [
      'that train convolutional networks, by deterministic wasm,',
      wasm({ deterministic: true }),
      convolutionalNetworks,
      200,
      21,
    ],
    [
      'that train convolutional networks, by wasm with threads,',
      wasm({ threads: threadsInSmallChunks(3) }),
      convolutionalNetworks,
      200,
      22,
    ],
  ])('%s give the results of the reference and write only into their buffers', (_, backend, drawn, numRuns, seed) => {
    assert(
      property(drawn, (program) => expectSameResults(program, backend)),
      { numRuns, seed },
    );
  });

  test('use every operation and have nonempty results', () => {
    for (const seed of [11, 12]) {
      const used = new Map<string, number>();
      let results = 0;
      assert(
        property(programs, ({ make }) => {
          const { step, args } = make();
          const { program } = trace(step, args(1));
          for (const node of program.nodes) {
            if (node.kind === 'applied') used.set(node.operation.name, (used.get(node.operation.name) ?? 0) + 1);
          }
          results += program.outputs.filter((at) => program.nodes[at]!.shape.every((length) => length > 0)).length;
        }),
        { numRuns: runs, seed },
      );
      // A program has no step for operations that only change how gradients flow.
      const steps = Object.keys(operations).filter(
        (name) => name !== 'detach' && name !== 'watch' && name !== 'withDerivative',
      );
      expect([...used.keys()].toSorted()).toEqual(steps.toSorted());
      expect(results).toBeGreaterThan(2 * runs);
    }
  });

  test('that train networks have products with and without epilogues; some train nothing', () => {
    const among = { withEpilogue: 0, plain: 0, untrained: 0 };
    assert(
      property(networks, ({ make }) => {
        const { step, args } = make();
        const listing = disassemble(compile(step, wasm), ...args(1));
        if (listing.includes('sums = matmul of')) among.withEpilogue++;
        if (/(?<!sums) = matmul of/.test(listing)) among.plain++;
        if (!trace(step, args(1)).program.carried.length) among.untrained++;
      }),
      { numRuns: runs, seed: 14 },
    );
    for (const count of Object.values(among)) expect(count).toBeGreaterThan(30);
  });
});

test('a kernel that writes one element past its buffer is found', () => {
  const step = (): Tensor => compile((a: Tensor) => a.mul(2), wasm)(tensor([1, 2, 3, 4]));
  outOfBoundsWrites();
  fault.planted = true;
  const found = step();
  fault.planted = false;
  // The result is right nevertheless.
  expect(String(found)).toBe('[2. 4. 6. 8.]');
  expect(outOfBoundsWrites()).toHaveLength(1);
  step();
  expect(outOfBoundsWrites()).toEqual([]);
});
