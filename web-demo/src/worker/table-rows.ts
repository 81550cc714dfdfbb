// The rows of a table that match some words, as many as a page shows of them.

export class TableRows<Held, Shown> {
  readonly #rows: readonly Held[];
  readonly #textsOf: (row: Held) => readonly (string | undefined)[];
  readonly #shown: (row: Held) => Shown;
  /** By the rows; made when something is looked for first. */
  #texts: readonly string[] | undefined;
  #words = '';
  #found: readonly Held[];

  /**
   * @param textsOf what a row can be found by
   * @param shown what the page is given of a row
   */
  constructor(rows: readonly Held[], textsOf: (row: Held) => readonly (string | undefined)[], shown: (row: Held) => Shown) {
    this.#rows = rows;
    this.#found = rows;
    this.#textsOf = textsOf;
    this.#shown = shown;
  }

  /** Those that hold every word, from one place to another. */
  take(words: string, from: number, to: number): { found: number; rows: Shown[] } {
    if (words !== this.#words) {
      this.#words = words;
      this.#found = this.#look(wordsOf(words));
    }
    return { found: this.#found.length, rows: this.#found.slice(from, to).map(this.#shown) };
  }

  #look(words: readonly string[]): readonly Held[] {
    if (words.length === 0) return this.#rows;
    const texts = (this.#texts ??= this.#rows.map((row) => this.#textsOf(row).join(' ').toLowerCase()));
    return this.#rows.filter((_, place) => words.every((word) => texts[place]?.includes(word)));
  }
}

/** What is looked for, each by itself. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter((word) => word !== '');
}
