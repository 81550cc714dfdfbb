// Files and folders as sources.

import { kind, list, read, readStdin } from './files.js';

const REASONS = {
  ENOENT: 'not-found',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
  EISDIR: 'not-a-file',
  ENOTDIR: 'not-a-file',
  ECHANGED: 'changed',
};

/**
 * Reads files, and all regular files in folders. `-` is standard input.
 * A name is the path as given; for a file of a folder that path, `/` and the path inside the folder.
 * What cannot be read becomes a source that says so, and answers show it.
 *
 * @returns {{name: string, data?: Uint8Array, named: boolean, unread?: string}[]}
 */
export function readPaths(paths) {
  const sources = [];
  for (const path of typeof paths === 'string' ? [paths] : paths) {
    if (path === '-') {
      sources.push(attempt('-', true, readStdin));
      continue;
    }
    const name = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
    try {
      const found = kind(path);
      if (found === 'folder') sources.push(...folder(name));
      else if (found === 'file') sources.push(attempt(name, true, () => read(path)));
      else sources.push(unread(name, found === 'link' ? 'link' : 'not-a-file'));
    } catch (error) {
      sources.push(unread(name, reason(error)));
    }
  }
  return sources;
}

function folder(given) {
  const sources = [];
  const open = [given.replace(/\/$/, '')];
  while (open.length > 0) {
    const path = open.pop();
    try {
      for (const entry of list(path === '' ? '/' : path)) {
        const inner = `${path}/${entry.name}`;
        if (entry.kind === 'folder') open.push(inner);
        else if (entry.kind === 'file') sources.push(attempt(inner, false, () => read(inner)));
        else sources.push(unread(inner, 'passed-over'));
      }
    } catch (error) {
      sources.push(unread(path, reason(error)));
    }
  }
  return sources.length > 0 ? sources : [unread(given, 'empty-folder')];
}

function attempt(name, named, reader) {
  try {
    return { name, data: reader(), named };
  } catch (error) {
    return unread(name, reason(error));
  }
}

function unread(name, why) {
  return { name, named: true, unread: why };
}

function reason(error) {
  return REASONS[error.code] ?? 'failed';
}
