import { SingleBar } from 'cli-progress';
import { duration, percent, significant, whole } from './numbers.ts';
import type { Terminal } from './terminal.ts';

/** How training stands after an epoch. */
export interface Standing {
  /** Epochs done, from 1 on. */
  readonly epoch: number;
  readonly loss: number;
  /** Share of right answers, 0 to 1. */
  readonly accuracy: number;
  readonly rate: number;
  readonly secondsLeft: number;
}

/** Shows how training goes on. */
export interface Progress {
  /** Will this epoch be shown? Then its accuracy is worth computing. */
  due(epoch: number): boolean;
  show(standing: Standing): void;
  end(): void;
}

/** A bar that is redrawn where a person watches, else one plain line now and then. */
export function progressOn(terminal: Terminal, epochs: number): Progress {
  return terminal.interactive ? bar(terminal, epochs) : lines(terminal, epochs);
}

/** Every hundredth epoch; of a short run every tenth part. */
function lines(terminal: Terminal, epochs: number): Progress {
  const every = epochs >= 1000 ? 100 : Math.max(Math.ceil(epochs / 10), 1);
  const width = whole(epochs).length;
  return {
    due: (epoch) => epoch % every === 0 || epoch === epochs,
    show({ epoch, loss, accuracy, rate, secondsLeft }) {
      terminal.write(
        `epoch ${whole(epoch).padStart(width)}/${whole(epochs)}  loss ${significant(loss)}  ` +
          `accuracy ${percent(accuracy)}  rate ${significant(rate)}  ${duration(secondsLeft)} left\n`,
      );
    },
    end() {},
  };
}

const redrawEvery = 100;

function bar(terminal: Terminal, epochs: number): Progress {
  const drawn = new SingleBar({
    format: `{bar} {percentage} %  epoch {epoch}/${whole(epochs)}  loss {loss}  accuracy {accuracy}  rate {rate}  {left} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: Math.min(Math.max(terminal.columns - 88, 8), 30),
    hideCursor: true,
    linewrap: false,
    stream: process.stdout,
  });
  const fields = { epoch: '0', loss: '…', accuracy: '…', rate: '…', left: '…' };
  drawn.start(epochs, 0, fields);
  let shown = -Infinity;
  return {
    due: (epoch) => epoch === epochs || performance.now() - shown > redrawEvery,
    show({ epoch, loss, accuracy, rate, secondsLeft }) {
      shown = performance.now();
      drawn.update(epoch, {
        epoch: whole(epoch),
        loss: significant(loss),
        accuracy: percent(accuracy),
        rate: significant(rate),
        left: duration(secondsLeft),
      });
    },
    end: () => drawn.stop(),
  };
}
