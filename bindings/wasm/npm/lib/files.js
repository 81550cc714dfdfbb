// The files of this machine, as the command and `readPaths` see them.

import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

function kindOf(stats) {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

/** What a path given by the user is. A link at its end is not followed, those before it are. */
export function kind(path) {
  return kindOf(lstatSync(path));
}

/** What is in a folder. Links are not followed: what they lead to may lie anywhere. */
export function list(path) {
  return readdirSync(path, { withFileTypes: true }).map((entry) => ({
    name: entry.name,
    // Some file systems do not say the type in the listing.
    kind: kindOf(isTyped(entry) ? entry : lstatSync(`${path}/${entry.name}`)),
  }));
}

/** Reads a file, if it is the same before and after: of one length, and written last at one moment. */
export function read(path) {
  const file = openSync(path, 'r');
  try {
    const before = fstatSync(file);
    const bytes = readFileSync(file);
    const after = fstatSync(file);
    const isSame = before.mtimeMs === after.mtimeMs && before.size === after.size && bytes.length === after.size;
    if (before.isFile() && !isSame) {
      throw Object.assign(new Error('the file changed while it was read'), { code: 'ECHANGED' });
    }
    return bytes;
  } finally {
    closeSync(file);
  }
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
