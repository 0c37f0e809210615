// Times ONNX Runtime's LSTM for the benchmark; see README.md, "The protocol".
import { createRequire } from 'node:module';
import { lstmModel } from './onnx_model.mjs';
import { missing, numbers, serve, swapAxes } from './protocol.mjs';

const require = createRequire(import.meta.url);
let ort;
let native;
try {
  ort = require('onnxruntime-node');
  // session.run() waits for a turn of the event loop, some microseconds of Node's and not of ONNX Runtime's. The bare
  // layer is therefore timed through the native session, and session.run() stands beside Predict.
  native = require('onnxruntime-node/dist/binding.js');
} catch (error) {
  missing('onnxruntime-node', error);
}

async function prepare(request) {
  const { batch, time, inputs, units, threads } = request;
  const model = lstmModel(request, numbers(request, 'kernel'), numbers(request, 'recurrent'), numbers(request, 'bias'));
  const options = { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all' };
  const x = swapAxes(numbers(request, 'x'), batch, time, inputs);
  const feeds = { x: new ort.Tensor('float32', x, [time, batch, inputs]) };
  let call;
  if (request.mode === 'predict') {
    const session = await ort.InferenceSession.create(model, options);
    call = () => session.run(feeds);
  } else {
    native.initOrt();
    const session = new native.binding.InferenceSession();
    session.loadModel(model.buffer, model.byteOffset, model.byteLength, options);
    const fetches = { y: null };
    call = () => session.run(feeds, fetches, {});
  }
  const { y } = await call();
  return { call, result: swapAxes(y.data, time, batch, units) };
}

const { version } = require('onnxruntime-node/package.json');
await serve({ peer: 'ONNX Runtime', version, modes: ['inference', 'predict'] }, prepare);
