import { type Port, Trainer } from './engine/trainer.ts';
import { Painter } from './painter/painter.ts';
import {
  type FromPainter,
  type FromTrainer,
  type Hello,
  protocolVersion,
  type ToPainter,
  type ToTrainer,
} from './protocol.ts';

/**
 * One script for both workers, so that the packages are downloaded once. The first message sets the role.
 */
const page = globalThis as unknown as Port<FromTrainer | FromPainter> & {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
};

page.onmessage = ({ data }) => {
  const { version, role, line } = data as Hello;
  page.postMessage({ type: 'hello', version: protocolVersion });
  if (version !== protocolVersion) return;
  if (role === 'trainer') {
    const trainer = new Trainer(page, line);
    page.onmessage = (event) => trainer.receive(event.data as ToTrainer);
    line.onmessage = (event) => trainer.receiveFromPainter(event.data as FromPainter);
  } else {
    const painter = new Painter(page, line);
    page.onmessage = (event) => painter.receive(event.data as ToPainter);
    line.onmessage = (event) => painter.receive(event.data as ToPainter);
  }
};
