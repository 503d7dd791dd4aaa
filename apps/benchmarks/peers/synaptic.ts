import { Layer, Network, Neuron } from 'synaptic';
import type { Contestant } from '../src/contestant.ts';

/**
 * synaptic, which moves its weights after every row. It moves those of the output neurons before the hidden ones look
 * at them, so its losses drift a little from the textbook's.
 */
export function contestant(): Contestant {
  return {
    training({ x, labels, layers: starts, learningRate, compared }) {
      const [inputs, hidden, outputs] = [starts[0]!.weight.shape[0]!, ...starts.map(({ bias }) => bias.data.length)];
      if (starts.length !== 2 || outputs !== 1) return undefined;
      const layers = { input: new Layer(inputs), hidden: [new Layer(hidden!)], output: new Layer(1) };
      layers.input.project(layers.hidden[0]!);
      layers.hidden[0]!.project(layers.output);
      const network = new Network(layers);
      layers.hidden[0]!.set({ squash: Neuron.squash.TANH });
      [layers.hidden[0]!, layers.output].forEach((layer, at) => {
        const { weight, bias } = starts[at]!;
        layer.list.forEach((neuron, to) => {
          neuron.bias = bias.data[to]!;
          Object.values(neuron.connections.inputs).forEach((connection, from) => {
            connection.weight = weight.data[from * layer.list.length + to]!;
          });
        });
      });

      const rows = Array.from(labels, (label, row) => ({
        row: Array.from(x.data.subarray(row * inputs!, (row + 1) * inputs!)),
        wanted: [label],
      }));
      const step = (): number => {
        let loss = 0;
        for (const { row, wanted } of rows) {
          const [share] = network.activate(row);
          loss -= Math.log(wanted[0] === 1 ? share! : 1 - share!);
          network.propagate(learningRate, wanted);
        }
        return loss / rows.length;
      };
      return {
        result: () => Array.from({ length: compared }, step),
        run(times) {
          for (let time = 0; time < times; time++) step();
        },
      };
    },
  };
}
