// The files of this machine, as the command and `readPaths` see them.

import { lstatSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';

const kindOf = (stats) => (stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other');

/** What a path given by the user is; here a link is followed. */
export function kind(path) {
  return kindOf(statSync(path));
}

/** What is in a folder. Links are not followed: what they lead to may lie anywhere. */
export function list(path) {
  return readdirSync(path, { withFileTypes: true }).map((entry) => ({
    name: entry.name,
    // Some file systems do not say the type in the listing.
    kind: kindOf(isTyped(entry) ? entry : lstatSync(`${path}/${entry.name}`)),
  }));
}

export function read(path) {
  return readFileSync(path);
}

export function readStdin() {
  return readFileSync(0);
}

/** The next part of standard input; an empty one is its end. */
export function readStdinPart() {
  const part = new Uint8Array(65_536);
  for (;;) {
    try {
      return part.subarray(0, readSync(0, part));
    } catch (error) {
      if (error.code === 'EOF') return part.subarray(0, 0);
      // A pipe that is still empty is waited for.
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

function isTyped(entry) {
  return entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
}
