// The answer to "what breaks if", as much of it as a page shows.

import type { AffectedResource } from 'kmsguard/slim';
import { worstFirst } from '../effects.js';
import type { Graphs } from './graph.js';
import type { Held } from './held.js';
import type { ImpactQuestion, ImpactSaid } from './questions.js';

/** More than this is for a report. */
const mostAffected = 200;

export function impactSaid(held: Held, asked: ImpactQuestion, graphs: Graphs): ImpactSaid {
  const { inventory, now } = held;
  const request = { ...asked, now };
  const answer = inventory.impact(request);
  const { if_forced: forced } = answer;
  const picture = answer.timeline.length ? inventory.report('impact', 'svg', request) : '';
  const counted = forced?.affected ?? answer.affected;
  const short = (affected: readonly AffectedResource[]) => worstFirst(affected).slice(0, mostAffected);
  const said = {
    ...answer,
    inputs: [],
    affected: short(answer.affected),
    ...(forced ? { if_forced: { ...forced, affected: short(forced.affected) } } : {}),
  };
  return {
    answer: { ...said, labels: held.labelsOf({ ...said, labels: {} }) },
    leftOut: Math.max(0, counted.length - mostAffected),
    picture,
    lit: graphs.lit(counted),
  };
}
