import { SingleBar } from 'cli-progress';
import { duration, integer, percent, significant } from './numbers.ts';
import type { Terminal } from './terminal.ts';

/** How training stands after an epoch. */
export interface TrainingStatus {
  /** Completed epochs. */
  readonly epoch: number;
  readonly loss: number;
  /** Fraction of correct predictions, 0 to 1. */
  readonly accuracy: number;
  readonly learningRate: number;
  readonly secondsLeft: number;
}

/** Shows how training goes on. */
export interface Progress {
  /** Whether this epoch will be shown, so that its accuracy is worth computing. */
  due(epoch: number): boolean;
  show(status: TrainingStatus): void;
  /** Ends the line of the bar. May be called more than once. */
  end(): void;
}

/** A bar that is redrawn in a terminal, else a plain line now and then. */
export function progressOn(terminal: Terminal, epochs: number): Progress {
  return terminal.interactive ? bar(terminal, epochs) : lines(terminal, epochs);
}

/** Every hundredth epoch; every tenth part of a short run. */
function lines(terminal: Terminal, epochs: number): Progress {
  const every = epochs >= 1000 ? 100 : Math.max(Math.ceil(epochs / 10), 1);
  const width = integer(epochs).length;
  return {
    due: (epoch) => epoch % every === 0 || epoch === epochs,
    show({ epoch, loss, accuracy, learningRate, secondsLeft }) {
      terminal.write(
        `epoch ${integer(epoch).padStart(width)}/${integer(epochs)}  loss ${significant(loss)}  ` +
          `accuracy ${percent(accuracy)}  learning rate ${significant(learningRate)}  ${duration(secondsLeft)} left\n`,
      );
    },
    end() {},
  };
}

const redrawEvery = 100;

/** The layout of the bar. What does not fit into the columns of the terminal is left out. */
export function barLayout(columns: number, epochs: number): { readonly format: string; readonly barSize: number } {
  const widths = { loss: 7, accuracy: 7, learningRate: 7, left: 11 };
  // In the order of their importance.
  const parts = [
    { width: 2 * integer(epochs).length + 7, text: `epoch {epoch}/${integer(epochs)}` },
    { width: 5 + widths.loss, text: 'loss {loss}' },
    { width: 9 + widths.accuracy, text: 'accuracy {accuracy}' },
    { width: 5 + widths.left, text: '{left} left' },
    { width: 14 + widths.learningRate, text: 'learning rate {learningRate}' },
  ];
  const smallest = 8;
  let room = columns - smallest - 1;
  let format = '{bar}';
  for (const { width, text } of parts) {
    if (room < width + 2) break;
    room -= width + 2;
    format += `  ${text}`;
  }
  return { format, barSize: Math.min(smallest + room, 30) };
}

function bar(terminal: Terminal, epochs: number): Progress {
  const { format, barSize } = barLayout(terminal.columns, epochs);
  const drawn = new SingleBar({
    format,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: barSize,
    hideCursor: true,
    linewrap: false,
    stream: process.stdout,
  });
  drawn.start(epochs, 0, { epoch: '0', loss: '…', accuracy: '…', learningRate: '…', left: '…' });
  let shown = -Infinity;
  return {
    due: (epoch) => epoch === epochs || performance.now() - shown > redrawEvery,
    show({ epoch, loss, accuracy, learningRate, secondsLeft }) {
      shown = performance.now();
      drawn.update(epoch, {
        epoch: integer(epoch),
        loss: significant(loss),
        accuracy: percent(accuracy),
        learningRate: significant(learningRate),
        left: duration(secondsLeft),
      });
    },
    end: () => drawn.stop(),
  };
}
