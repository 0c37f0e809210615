// The side of the benchmark's peers in JavaScript: requests come in, answers go out, one JSON object a line.
import { createInterface } from 'node:readline';

function say(answer) {
  process.stdout.write(JSON.stringify(answer) + '\n');
}

/** Tells that a package is not there, and ends; any other error is one of ours. */
export function missing(name, error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  say({ missing: `${name} is not in node_modules` });
  process.exit(0);
}

/** The float32 numbers in a text of base64, in memory of their own. */
export function numbers(text) {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

async function clock(call, milliseconds) {
  const times = [];
  const end = performance.now() + milliseconds;
  while (times.length === 0 || performance.now() < end) {
    const start = performance.now();
    const pending = call();
    // Waiting for what is there already would cost a turn of the event loop.
    if (pending instanceof Promise) await pending;
    times.push(performance.now() - start);
  }
  times.sort((x, y) => x - y);
  const middle = times.length >> 1;
  const median = times.length % 2 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
  return { median, least: times[0], calls: times.length };
}

/** Serves requests until the input ends. `prepare(request)` gives `{ call, result }`, result as a Float32Array. */
export async function serve(hello, prepare) {
  say(hello);
  let call;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
      if (request.do === 'prepare') {
        const prepared = await prepare(request);
        call = prepared.call;
        const { buffer, byteOffset, byteLength } = prepared.result;
        say({ result: Buffer.from(buffer, byteOffset, byteLength).toString('base64') });
      } else {
        say(await clock(call, request.milliseconds));
      }
    } catch (error) {
      say({ error: String(error) });
    }
  }
}
