import { expect, test } from 'vitest';
import { onnxModel } from './onnx-model.ts';

const hex = (text: string): number[] =>
  text
    .trim()
    .split(/\s+/)
    .map((byte) => Number.parseInt(byte, 16));
const ascii = (text: string): number[] => [...Buffer.from(text)];

test('a graph is written field by field', () => {
  const model = onnxModel({
    nodes: [{ operation: 'Relu', inputs: ['x'], output: 'y' }],
    inputs: { x: [1, 300] },
    constants: { w: { shape: [1], data: new Float32Array([1]) } },
  });
  const node = [...hex('0a 01'), ...ascii('x'), ...hex('12 01'), ...ascii('y'), ...hex('22 04'), ...ascii('Relu')];
  const constant = [...hex('08 01 10 01 42 01'), ...ascii('w'), ...hex('4a 04 00 00 80 3f')];
  // 300 is ac 02: seven bits a byte.
  const x = [...hex('0a 01'), ...ascii('x'), ...hex('12 0f 0a 0d 08 01 12 09 0a 02 08 01 0a 03 08 ac 02')];
  const y = [...hex('0a 01'), ...ascii('y'), ...hex('12 04 0a 02 08 01')];
  const graph = [
    [0x0a, node.length, ...node],
    [0x12, 5, ...ascii('graph')],
    [0x2a, constant.length, ...constant],
    [0x5a, x.length, ...x],
    [0x62, y.length, ...y],
  ].flat();
  const operations = hex('0a 00 10 0d');
  expect([...model]).toEqual([...hex('08 07'), 0x3a, graph.length, ...graph, 0x42, operations.length, ...operations]);
});
