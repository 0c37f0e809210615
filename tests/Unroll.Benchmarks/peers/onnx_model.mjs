// Writes an ONNX model with one LSTM node. ONNX files are protocol buffers: a message is a run of fields, each a key
// (number << 3 | wire type) and a value; wire type 0 is a varint, 2 is a length and that many bytes.

function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

const whole = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field, value) => Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field, value) => bytes(field, Buffer.from(value, 'utf8'));
const message = (field, ...parts) => bytes(field, Buffer.concat(parts));

const Float = 1; // TensorProto.DataType.FLOAT
const Int = 2; // AttributeProto.AttributeType.INT

// TensorProto: dims = 1, data_type = 2, name = 8, raw_data = 9.
function initializer(name, dims, values) {
  const raw = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return message(5, ...dims.map(dim => whole(1, dim)), whole(2, Float), text(8, name), bytes(9, raw));
}

// ValueInfoProto: name = 1, type = 2; TypeProto: tensor_type = 1; its elem_type = 1, shape = 2; shape: dim = 1, dim_value = 1.
function valueInfo(field, name, dims) {
  const shape = message(2, ...dims.map(dim => message(1, whole(1, dim))));
  return message(field, text(1, name), message(2, message(1, whole(1, Float), shape)));
}

/** Rearranges Keras' (rows, 4·units), gates i f c o, to ONNX' (4·units, rows), gates i o f c. */
function gates(values, rows, units) {
  const arranged = new Float32Array(values.length);
  [0, 3, 1, 2].forEach((source, gate) => {
    for (let unit = 0; unit < units; unit++) {
      for (let row = 0; row < rows; row++) {
        arranged[(gate * units + unit) * rows + row] = values[row * 4 * units + source * units + unit];
      }
    }
  });
  return arranged;
}

/** The model's bytes. Its input `x` is (time, batch, inputs), its output `y` (time, 1, batch, units). */
export function lstmModel({ batch, time, inputs, units }, kernel, recurrent, bias) {
  const both = new Float32Array(8 * units); // ONNX adds a bias for the input and one for the state.
  both.set(gates(bias, 1, units));
  // NodeProto: input = 1, output = 2, op_type = 4, attribute = 5; AttributeProto: name = 1, i = 3, type = 20.
  const node = message(1,
    text(1, 'x'), text(1, 'w'), text(1, 'r'), text(1, 'b'), text(2, 'y'), text(4, 'LSTM'),
    message(5, text(1, 'hidden_size'), whole(3, units), whole(20, Int)));
  // GraphProto: node = 1, name = 2, initializer = 5, input = 11, output = 12.
  const graph = message(7,
    node,
    text(2, 'lstm'),
    initializer('w', [1, 4 * units, inputs], gates(kernel, inputs, units)),
    initializer('r', [1, 4 * units, units], gates(recurrent, units, units)),
    initializer('b', [1, 8 * units], both),
    valueInfo(11, 'x', [time, batch, inputs]),
    valueInfo(12, 'y', [time, 1, batch, units]));
  // ModelProto: ir_version = 1, graph = 7, opset_import = 8; OperatorSetIdProto: domain = 1, version = 2.
  return Buffer.concat([whole(1, 8), graph, message(8, text(1, ''), whole(2, 14))]);
}
