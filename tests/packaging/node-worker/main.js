import { Worker } from 'node:worker_threads';

const answers = [1, 2].map(
  () =>
    new Promise((resolve, reject) => {
      new Worker(new URL('./worker.js', import.meta.url)).once('message', resolve).once('error', reject);
    }),
);
console.log(JSON.stringify(await Promise.all(answers)));
