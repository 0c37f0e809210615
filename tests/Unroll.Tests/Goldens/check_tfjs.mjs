// The third opinion: replays layers.json in TensorFlow.js (float32, Keras 2 semantics) and writes how far it is off.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const here = (name) => new URL(name, import.meta.url);
// tfjs is looked for beside the working directory, so that nothing need be installed in the repository.
const tf = createRequire(process.cwd() + '/')('@tensorflow/tfjs');
await tf.setBackend('cpu');

const camel = (s) => s.replace(/_(.)/g, (_, c) => c.toUpperCase());
const NAMES = { hard_sigmoid: 'hardSigmoid' };
const ABSENT = { exponential: 1, gelu: 1, silu: 1 };
const MAKERS = {
  Dense: 'dense', LSTM: 'lstm', LSTMCell: 'lstmCell', RNN: 'rnn', StackedRNNCells: 'stackedRNNCells', Conv1D: 'conv1d',
  MaxPooling1D: 'maxPooling1d', Flatten: 'flatten', Reshape: 'reshape', Activation: 'activation',
  Bidirectional: 'bidirectional', TimeDistributed: 'timeDistributed',
};
class Absent extends Error {}

// tfjs starts from hard sigmoid gates where Keras starts from sigmoid, so the defaults are spelled out.
function make(spec) {
  const args = {};
  if (['LSTM', 'LSTMCell'].includes(spec.class)) Object.assign(args, { recurrentActivation: 'sigmoid', activation: 'tanh' });
  for (const [k, v] of Object.entries(spec.args)) {
    if (k === 'time_major') throw new Absent('time_major');
    if (k === 'padding' && v === 'causal') throw new Absent('causal padding');
    if (k.endsWith('activation') && v in ABSENT) throw new Absent(`activation ${v}`);
    if (v === null && k !== 'merge_mode') continue;
    if (k.endsWith('activation')) args[camel(k)] = NAMES[v] ?? v;
    else if (Array.isArray(v) && v[0]?.class) args[camel(k)] = v.map(make);
    else args[camel(k)] = v?.class ? make(v) : v;
  }
  if (spec.class === 'RNN' && Array.isArray(args.cell)) args.cell = tf.layers.stackedRNNCells({ cells: args.cell });
  if (spec.class === 'Bidirectional' && !('mergeMode' in args)) args.mergeMode = 'concat';
  return tf.layers[MAKERS[spec.class]](args);
}

const tensor = (t) => tf.tensor(t.values, t.shape);
const list = (r) => (Array.isArray(r) ? r : [r]);

function apply(layer, spec, inputs, states) {
  if (spec.class === 'LSTMCell') return layer.call([...inputs, ...states], {});
  if (states.length) return list(layer.apply(inputs[0], { initialState: states }));
  return list(layer.apply(inputs[0]));
}

function distance(actual, expected) {
  const a = actual.dataSync();
  if (actual.shape.join() !== expected.shape.join()) throw new Error(`shape ${actual.shape}, expected ${expected.shape}`);
  return expected.values.reduce((m, e, i) => Math.max(m, Math.abs(a[i] - e) / Math.max(1, Math.abs(e))), 0);
}

function replay(spec, layer, call) {
  const inputs = call.inputs.map(tensor), states = (call.initial_state ?? []).map(tensor);
  const coefficients = call.coefficients.map(tensor);
  const n = inputs.length + states.length;
  const given = layer.weights.map((w) => tf.variable(w.read().clone()));
  const loss = (...all) => {
    layer.weights.forEach((w, i) => { w.val = all[n + i]; });
    const out = apply(layer, spec, all.slice(0, inputs.length), all.slice(inputs.length, n));
    return tf.addN(out.map((o, i) => tf.sum(tf.mul(o, coefficients[i]))));
  };
  const outputs = apply(layer, spec, inputs, states);
  const found = tf.grads(loss)([...inputs, ...states, ...given]);
  layer.weights.forEach((w, i) => { w.val = given[i]; });
  const expected = [...call.grad_inputs, ...(call.grad_initial_state ?? []), ...call.grad_weights];
  return [Math.max(...outputs.map((o, i) => distance(o, call.outputs[i]))),
    Math.max(...found.map((g, i) => distance(g, expected[i])))];
}

const { provenance, cases } = JSON.parse(readFileSync(here('layers.json')));
const worst = { output: 0, output_case: '', gradient: 0, gradient_case: '' };
const left = {}, beyond = [];
let replayed = 0;
for (const c of cases) {
  try {
    if (c.calls) throw new Absent('stateful');
    const layer = make(c.layer);
    if (c.layer.class === 'LSTMCell') layer.build([null, c.inputs[0].shape.at(-1)]);
    else apply(layer, c.layer, c.inputs.map(tensor), (c.initial_state ?? []).map(tensor));
    layer.setWeights(c.weights.map(tensor));
    const [output, gradient] = replay(c.layer, layer, c);
    replayed++;
    if (output > worst.output) Object.assign(worst, { output, output_case: c.name });
    if (gradient > worst.gradient) Object.assign(worst, { gradient, gradient_case: c.name });
    if (output > 1e-6 || gradient > 1e-5) beyond.push({ case: c.name, output, gradient });
  } catch (e) {
    const why = e instanceof Absent ? `not in tfjs: ${e.message}` : `tfjs: ${e.message}`;
    (left[why] ??= []).push(c.name);
  }
}

const report = {
  provenance: {
    script: 'check_tfjs.mjs', date: provenance.date, library: '@tensorflow/tfjs', version: tf.version.tfjs, backend: 'cpu, float32',
  },
  meaning: 'distances are |tfjs - golden| / max(1, |golden|)',
  cases: cases.length, replayed, worst, beyond, left_out: left,
};
writeFileSync(here('check_tfjs.json'), JSON.stringify(report, null, 1) + '\n');
console.log(JSON.stringify(report, null, 1));
