import type { Numbers } from '../task.ts';

/** 300 points on three arms: data for a first training step, made without importing anything. */
export function arms(): { readonly x: Float32Array; readonly labels: Int32Array } {
  const x = Float32Array.from({ length: 600 }, (_, at) => {
    const point = at >> 1;
    const radius = (point % 100) / 100;
    const angle = 4 * radius + 2.1 * Math.floor(point / 100);
    return radius * (at % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
  });
  return { x, labels: Int32Array.from({ length: 300 }, (_, point) => Math.floor(point / 100)) };
}

/** Small weights to start from, for peers that must be handed some. */
export function sines(...shape: number[]): Numbers {
  const size = shape.reduce((product, length) => product * length, 1);
  return { shape, data: Float32Array.from({ length: size }, (_, at) => Math.sin(at) / 100) };
}
