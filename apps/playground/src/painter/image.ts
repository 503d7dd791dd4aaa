/** A pixel image that can be drawn at any size with smoothing. */
export class Picture {
  readonly pixels: Uint32Array;
  readonly side: number;
  readonly #canvas: OffscreenCanvas;
  readonly #image: ImageData;

  constructor(width: number, height: number = width) {
    this.side = width;
    this.#canvas = new OffscreenCanvas(width, height);
    this.#image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.#image.data.buffer);
  }

  /** Copies the pixels to the canvas and returns it for drawing. */
  flush(): OffscreenCanvas {
    this.#canvas.getContext('2d')!.putImageData(this.#image, 0, 0);
    return this.#canvas;
  }
}

export type Context = OffscreenCanvasRenderingContext2D;
