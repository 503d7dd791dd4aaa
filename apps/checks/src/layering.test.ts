import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layeringFaults } from './layering.ts';
import { isTest, root, sourceFiles } from './repository.ts';
import { tensorLayers } from './tensor-layers.ts';

const folder = join(root, 'packages/tensor/src');
const sources = new Map(
  sourceFiles(folder)
    .filter((file) => !isTest(file))
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
);

/** The faults that a planted file adds. */
function planted(file: string, code: string): readonly string[] {
  return layeringFaults(new Map([...sources, [file, code]]), tensorLayers);
}

describe('the layers of @nn/tensor', () => {
  test('values are imported downwards only, and every file has its layer', () => {
    expect(sources.size).toBeGreaterThan(10);
    expect(layeringFaults(sources, tensorLayers)).toEqual([]);
  });

  test.each([
    ['operations/planted.ts', "import { Tensor } from '../tensor.ts';", 'operations/planted.ts (operations)'],
    ['shape.ts', "export { gradients } from './gradients.ts';", 'shape.ts (foundations)'],
    ['methods/planted.ts', "const { Tensor } = await import('../tensor.ts');", 'methods/planted.ts (methods)'],
    ['wasm/planted.ts', "import '../webgpu/planted.ts';", 'wasm/planted.ts (wasm)'],
    ['webgpu/planted.ts', "import '../wasm/planted.ts';", 'webgpu/planted.ts (webgpu)'],
    ['index.ts', "export * from './wasm/index.ts';", 'index.ts (index)'],
    ['tensor.ts', "import { trace } from './compile/trace.ts';", 'tensor.ts (tensor)'],
  ])('an import upwards, planted in %s, is found', (file, code, found) => {
    const faults = planted(file, code);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`${found} imports a value from`);
  });

  test('a type may be imported from above', () => {
    expect(planted('operations/planted.ts', "import type { Tensor } from '../tensor.ts';")).toEqual([]);
  });

  test('a file that the table does not know is a fault', () => {
    expect(planted('planted.ts', 'export {};')).toEqual(['planted.ts is in no layer: name it in the table of layers.']);
  });

  test('a file that cannot be parsed is an error, not a file without imports', () => {
    expect(() => planted('shape.ts', 'import {')).toThrow(SyntaxError);
  });
});
