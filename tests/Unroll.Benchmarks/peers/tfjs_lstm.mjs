// Times one LSTM layer of TensorFlow.js on its WebAssembly backend for the benchmark; see README.md, "The protocol".
import { createRequire } from 'node:module';
import { missing, numbers, serve } from './protocol.mjs';

const require = createRequire(import.meta.url);
let tf;
try {
  tf = require('@tensorflow/tfjs');
  require('@tensorflow/tfjs-backend-wasm');
} catch (error) {
  missing('@tensorflow/tfjs', error);
}

let held = [];

async function prepare(request) {
  const { batch, time, layers: [{ inputs, units, weights }] } = request;
  held.forEach(tensor => tensor.dispose());
  const lstm = tf.layers.lstm({
    units,
    returnSequences: true,
    recurrentActivation: 'sigmoid',
    recurrentInitializer: 'zeros', // Weights follow; the orthogonal ones take long to make.
  });
  const x = tf.tensor(numbers(request.x), [batch, time, inputs]);
  lstm.apply(x).dispose(); // Makes the weights.
  const arrays = [
    tf.tensor(numbers(weights[0]), [inputs, 4 * units]),
    tf.tensor(numbers(weights[1]), [units, 4 * units]),
    tf.tensor(numbers(weights[2]), [4 * units]),
  ];
  lstm.setWeights(arrays);
  held = [x, ...arrays];
  const call = () => tf.tidy(() => lstm.apply(x).dataSync());
  return { call, result: Float32Array.from(call()) };
}

await tf.setBackend('wasm');
const hello = {
  peer: 'TensorFlow.js (wasm)',
  version: tf.version.tfjs,
  modes: ['inference', 'predict'],
  networks: ['lstm'],
  threads: 1,
  operations: 1e9, // The largest layer takes some seconds a call.
};
await serve(hello, prepare);
