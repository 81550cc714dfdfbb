// The page's side of its worker: questions go out, answers come back in their own time.

import type { Asked, Begin, Progress, Question, Questions, Said } from './worker/questions.js';
import code, { name } from './worker/worker.ts?script';

interface Waiting {
  resolve: (said: never) => void;
  reject: (error: Error) => void;
}

export class Reader {
  readonly #worker = begin();
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  /** Why it answers no more. */
  #failure = '';

  /** @param progress is told how far a reading is */
  constructor(module: WebAssembly.Module, progress: (progress: Progress) => void) {
    const begins: Begin = { module };
    this.#worker.postMessage(begins);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Said>) => {
      if ('progress' in data) return progress(data.progress);
      const waiting = this.#waiting.get(data.number);
      this.#waiting.delete(data.number);
      if ('failure' in data) waiting?.reject(new Error(data.failure));
      else waiting?.resolve(data.said as never);
    });
    this.#worker.addEventListener('error', ({ message }) => this.#fail(message || 'the worker could not begin'));
  }

  ask<Name extends Question>(question: Name, asked: Questions[Name]['asked']): Promise<Questions[Name]['said']> {
    const number = this.#asked++;
    const message = { number, question, asked } as Asked;
    if (this.#failure) return Promise.reject(new Error(this.#failure));
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage(message);
    });
  }

  /** Gives back all that it holds, also in the middle of a reading. */
  end(): void {
    this.#worker.terminate();
    this.#fail('it was given up');
  }

  #fail(why: string): void {
    this.#failure = why;
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }
}

/**
 * From memory a worker has the policy of the page, which allows no connection; from a file of some server it has whatever that server says.
 * Extensions of browsers allow the file alone, and give it their policy.
 */
function begin(): Worker {
  if (location.protocol.endsWith('-extension:')) return new Worker(name);
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const worker = new Worker(address);
  // It is given back once the worker has read it.
  worker.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
  return worker;
}
