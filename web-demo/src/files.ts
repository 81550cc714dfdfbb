// Files and folders that a person drops or chooses, as sources with the names that the command would give them. They are read by the
// worker, when their turn comes.

import type { Source } from './worker/questions.js';

/** From an `<input type="file">`; with `webkitdirectory` each file carries its path. */
export function sourcesOfInput(files: FileList): Source[] {
  return [...files].map((file) => sourceOfFile(file, file.webkitRelativePath));
}

/** From a drop. The entries must be taken before anything is awaited: the browser forgets them. */
export function sourcesOfDrop(transfer: DataTransfer): Promise<Source[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const found = items.map((item) => {
    const entry = item.webkitGetAsEntry();
    if (entry) return sourcesOfEntry(entry, false);
    const file = item.getAsFile();
    return Promise.resolve(file ? [sourceOfFile(file, '')] : []);
  });
  return Promise.all(found).then((sources) => sources.flat());
}

function sourceOfFile(file: File, path: string): Source {
  return { name: path || file.name, named: path === '', data: file };
}

async function sourcesOfEntry(entry: FileSystemEntry, inFolder: boolean): Promise<Source[]> {
  if (entry.isDirectory) {
    const entries = await entriesOf(entry as FileSystemDirectoryEntry);
    return (await Promise.all(entries.map((inner) => sourcesOfEntry(inner, true)))).flat();
  }
  const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
  return [sourceOfFile(file, inFolder ? entry.fullPath.replace(/^\//, '') : '')];
}

/** A browser gives the entries of a folder by the hundred, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
