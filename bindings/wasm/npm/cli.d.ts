/** Something in a folder. */
export interface Entry {
  name: string;
  kind: 'file' | 'folder' | 'other';
}

/**
 * What the command needs of the machine it runs on. A method that fails throws an `Error` whose `code` is as Node's:
 * `ENOENT`, `EACCES`, `EISDIR` and so on.
 */
export interface Host {
  /** Reads a whole file. */
  read(path: string): Uint8Array;
  /** Lists a folder, in any order. A link is `other`. */
  list(path: string): Entry[];
  /** What a path given by the user is; here a link is followed. */
  kind(path: string): Entry['kind'];
  /** Reads standard input to its end. */
  readStdin(): Uint8Array;
  /** Reads the next part of standard input; an empty one is its end. */
  readStdinPart(): Uint8Array;
  /** Writes a whole file. */
  write(path: string, bytes: Uint8Array): void;
  /** Writes to standard output. */
  stdout(bytes: Uint8Array): void;
  /** Writes to standard error. */
  stderr(bytes: Uint8Array): void;
  /** Whether a stream is a terminal. */
  isTerminal(stream: 'stdin' | 'stdout' | 'stderr'): boolean;
  /** The width of the terminal in columns. */
  width(): number | undefined;
  /** An environment variable. */
  variable(name: string): string | undefined;
  /** The clock: seconds since 1970. */
  unixSeconds(): number;
}

/** This machine. */
export const nodeHost: Host;

/** Runs the command and gives its exit code. `words` are without the program's name. */
export function run(words: readonly string[], host?: Host): number;
