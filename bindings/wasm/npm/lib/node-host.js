// The machine the command runs on, as Node sees it.

import { writeFileSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { kind, list, read, readStdin, readStdinPart } from './files.js';

const STREAMS = { stdin: 0, stdout: 1, stderr: 2 };

export const nodeHost = {
  kind,
  list,
  read,
  readStdin,
  readStdinPart,
  write: (path, bytes) => writeFileSync(path, bytes),
  stdout: (bytes) => writeAll(1, bytes),
  stderr: (bytes) => writeAll(2, bytes),
  isTerminal: (stream) => isatty(STREAMS[stream]),
  // Touching a stream that is a pipe would make it non-blocking, so only terminals are asked.
  width: () => (isatty(1) ? process.stdout.columns : isatty(2) ? process.stderr.columns : undefined),
  variable: (name) => process.env[name],
  unixSeconds: () => Math.floor(Date.now() / 1000),
};

function writeAll(stream, bytes) {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(stream, bytes, written);
    } catch (error) {
      // A pipe that is full is waited for; a reader that closed it, as `head` does, has had enough.
      if (error.code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
