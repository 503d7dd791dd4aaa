import { expect, test } from 'vitest';
import { neighbour } from './neighbour.ts';

const counts = [4, 2, 3];

test('up and down move within a layer and stop at its ends', () => {
  expect(neighbour({ layer: 0, neuron: 1 }, 'ArrowDown', counts)).toEqual({ layer: 0, neuron: 2 });
  expect(neighbour({ layer: 0, neuron: 0 }, 'ArrowUp', counts)).toEqual({ layer: 0, neuron: 0 });
  expect(neighbour({ layer: 1, neuron: 1 }, 'ArrowDown', counts)).toEqual({ layer: 1, neuron: 1 });
  expect(neighbour({ layer: 0, neuron: 2 }, 'Home', counts)).toEqual({ layer: 0, neuron: 0 });
  expect(neighbour({ layer: 0, neuron: 2 }, 'End', counts)).toEqual({ layer: 0, neuron: 3 });
});

test('left and right move to the same height in the adjacent layer', () => {
  expect(neighbour({ layer: 0, neuron: 3 }, 'ArrowRight', counts)).toEqual({ layer: 1, neuron: 1 });
  expect(neighbour({ layer: 1, neuron: 0 }, 'ArrowLeft', counts)).toEqual({ layer: 0, neuron: 1 });
  expect(neighbour({ layer: 0, neuron: 0 }, 'ArrowLeft', counts)).toBeUndefined();
  expect(neighbour({ layer: 2, neuron: 0 }, 'ArrowRight', counts)).toBeUndefined();
});

test('other keys do not move', () => {
  expect(neighbour({ layer: 0, neuron: 0 }, 'a', counts)).toBeUndefined();
});
