import { useEffect, useRef } from 'preact/hooks';
import type { CanvasId } from '../protocol.ts';
import { transferCanvas } from '../state/workers.ts';

/** A canvas that the painter draws on. The surrounding element has its text alternative. */
export function Painted({ kind, network }: CanvasId) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => transferCanvas(canvas.current!, { kind, network }), [kind, network]);
  return <canvas key={`${kind} ${network}`} ref={canvas} aria-hidden="true" />;
}
