/** The centre of the tile of a neuron, in CSS pixels. */
export interface NeuronScene {
  readonly x: number;
  readonly y: number;
}

/** The column of a layer or of the inputs. */
export interface LayerScene {
  readonly left: number;
  readonly width: number;
  /** The side of its tiles. */
  readonly tile: number;
  readonly neurons: readonly NeuronScene[];
}

/** The layout of a network: inputs, hidden layers and output layer from left to right. */
export interface NetworkScene {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly LayerScene[];
}

/** The available space and the minimum sizes, in CSS pixels. */
export interface LayoutOptions {
  readonly width: number;
  readonly height: number;
  /** Minimum side of a tile; touch targets need 44. */
  readonly minTile: number;
  /** Minimum width of the column of a hidden layer, whose controls are above it. */
  readonly minColumn: number;
}

const maxTile = 56;
/** Space between the tiles of a layer. */
const tileGap = 6;
/** Space beside the tiles of a layer, where the connections are visible. */
const columnGap = 22;
const edgeColumn = 76;
/** The fraction of a hidden layer's column that its tiles may fill; the rest shows the connections. */
const blockFraction = 0.62;

/**
 * Computes the layout of a network. The neurons of a layer are arranged in the grid with the largest tiles. A network that does
 * not fit is wider than the available space and scrolls.
 *
 * @param widths  the number of neurons of each layer, inputs first
 */
export function layoutNetwork(widths: readonly number[], room: LayoutOptions): NetworkScene {
  const hidden = widths.length - 2;
  const column = Math.max(room.minColumn, hidden > 0 ? (room.width - 2 * edgeColumn) / hidden : 0);
  const blocks = widths.map((count, at) => {
    const edge = at === 0 || at === widths.length - 1;
    return { edge, ...block(count, edge ? edgeColumn : Math.max(column * blockFraction, room.minColumn), room) };
  });
  const least = blocks.map(({ edge, width }) => Math.max(width + 2 * columnGap, edge ? edgeColumn : room.minColumn));
  const total = least.reduce((sum, width) => sum + width, 0);
  const height = Math.max(room.height, ...blocks.map((each) => each.height + tileGap));
  const spare = Math.max(0, room.width - total) / widths.length;
  let left = 0;
  const layers = blocks.map((each, at) => {
    const width = least[at]! + spare;
    const layer = { left, width, tile: each.tile, neurons: place(widths[at]!, each, left + width / 2, height) };
    left += width;
    return layer;
  });
  return { width: Math.max(room.width, total), height, layers };
}

interface Block {
  readonly columns: number;
  readonly rows: number;
  readonly tile: number;
  readonly width: number;
  readonly height: number;
}

/** The grid with the largest tiles for a number of neurons. */
function block(count: number, width: number, { height, minTile }: LayoutOptions): Block {
  const sized = (columns: number): Block => {
    const rows = Math.ceil(count / columns);
    const fit = Math.min((width - 2 * columnGap + tileGap) / columns, height / rows) - tileGap;
    const tile = Math.floor(Math.min(maxTile, Math.max(minTile, fit)));
    const side = (tiles: number): number => tiles * (tile + tileGap) - tileGap;
    return { columns, rows, tile, width: side(columns), height: side(rows) };
  };
  const grids = Array.from({ length: Math.min(count, 12) }, (_, at) => sized(at + 1));
  const largest = Math.max(...grids.map(({ tile }) => tile));
  const best = grids.filter(({ tile }) => tile === largest);
  return best.find((grid) => grid.height <= height) ?? best.at(-1)!;
}

function place(count: number, { columns, rows, tile }: Block, x: number, height: number): readonly NeuronScene[] {
  const step = tile + tileGap;
  // A single column with few neurons gets wider gaps.
  const rise = columns === 1 ? Math.min(step * 1.25, Math.max(step, (height - tile) / Math.max(1, rows - 1))) : step;
  return Array.from({ length: count }, (_, at) => {
    const [column, row] = [Math.floor(at / rows), at % rows];
    const inColumn = Math.min(rows, count - column * rows);
    return {
      x: x + (column - (columns - 1) / 2) * step,
      y: height / 2 + (row - (inColumn - 1) / 2) * rise,
    };
  });
}
