// The worker of the page: reads exports, keeps them, and answers about them, so that the page itself never waits.

import { init } from 'kmsguard/slim';
import { findingGroups } from './finding-groups.js';
import { Graphs } from './graph.js';
import { Held } from './held.js';
import { impactSaid } from './impact.js';
import type { Asked, Begin, Questions, Said } from './questions.js';
import { savedBlob } from './saved.js';
import { targetsOf } from './targets.js';

type Answers = { [Name in Exclude<keyof Questions, 'read'>]: (held: Held, asked: Questions[Name]['asked']) => Questions[Name]['said'] };

/** A rule may need as many exports as there are instances: so many are told of each. */
const mostNeeds = 10;

let begun: Promise<void> | undefined;
let held: Held | undefined;
let graphs: Graphs | undefined;

const answers: Answers = {
  rows: (held, { table, words, from, to }) => {
    const taken = held.rows[table].take(words, from, to);
    return { ...taken, labels: held.labelsOf(taken.rows) };
  },
  findings: (held, asked) => {
    const { found, groups } = findingGroups(held.audit, asked);
    return { found, groups, labels: held.labelsOf(groups) };
  },
  undetermined: ({ audit }) =>
    audit.undetermined.map((rule) => ({
      ...rule,
      needs: rule.needs.slice(0, mostNeeds),
      needsLeftOut: Math.max(0, rule.needs.length - mostNeeds),
    })),
  targets: ({ tables }, { action, words }) => targetsOf(tables, action, words),
  impact: (held, asked) => impactSaid(held, asked, graphsOf(held)),
  graph: (held, { scope }) => graphsOf(held).graph(scope),
  plan: ({ inventory }, { document }) => inventory.plan(document),
  save: (held, { saved }) => savedBlob(held, saved),
};

/** Made when it is asked for first. */
function graphsOf(held: Held): Graphs {
  return (graphs ??= new Graphs(held));
}

function say(said: Said): void {
  postMessage(said);
}

async function answer(asked: Asked): Promise<unknown> {
  await begun;
  if (asked.question === 'read') {
    held = await Held.read(asked.asked.sources, (progress) => say({ progress }));
    return held.overview();
  }
  if (!held) throw new Error('nothing was read yet');
  // Each question has the answer of its own name.
  const said = answers[asked.question] as (held: Held, asked: unknown) => unknown;
  return said(held, asked.asked);
}

addEventListener('message', ({ data }: MessageEvent<Asked | Begin>) => {
  if ('module' in data) {
    begun = init(data.module);
    return;
  }
  const { number } = data;
  answer(data).then(
    (said) => say({ number, said }),
    (error: unknown) => say({ number, failure: error instanceof Error ? error.message : String(error) }),
  );
});
