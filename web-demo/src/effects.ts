// What happens to a resource, in a few words, and how bad it is.

import type { AffectedResource, Effect, ImpactVerdict } from 'kmsguard/slim';
import { severities } from './severities.js';

const effects: Record<Effect, { title: string; severity: (typeof severities)[number] }> = {
  'data-unrecoverable': { title: 'data lost for good', severity: 'critical' },
  'backups-lost': { title: 'backups lost', severity: 'critical' },
  'access-lost': { title: 'data cannot be reached', severity: 'high' },
  'fails-on-restart': { title: 'does not start again', severity: 'high' },
  'cannot-be-restored': { title: 'cannot be restored from a backup', severity: 'medium' },
  'key-undeletable': { title: 'holds the key', severity: 'low' },
  rewrap: { title: 'wrapped anew', severity: 'info' },
  none: { title: 'nothing happens', severity: 'info' },
  unknown: { title: 'not known', severity: 'low' },
};

const verdicts: Record<ImpactVerdict, { title: string; severity: string }> = {
  safe: { title: 'Nothing breaks', severity: 'fine' },
  degrades: { title: 'Something stops working', severity: 'high' },
  destroys: { title: 'Data is lost', severity: 'critical' },
  blocked: { title: 'It will be refused', severity: 'medium' },
  unknown: { title: 'It is not known', severity: 'low' },
};

/** An effect or verdict that came later than this page keeps its own name. */
export function effectOf(effect: Effect): { title: string; severity: (typeof severities)[number] } {
  return effects[effect] ?? { title: effect, severity: 'low' };
}

export function verdictOf(verdict: ImpactVerdict): { title: string; severity: string } {
  return verdicts[verdict] ?? { title: verdict, severity: 'low' };
}

export function worstFirst(affected: readonly AffectedResource[]): AffectedResource[] {
  return affected.toSorted((first, second) => rank(first) - rank(second));
}

export function isWorse(first: AffectedResource, second: AffectedResource): boolean {
  return rank(first) < rank(second);
}

function rank({ effect }: AffectedResource): number {
  return severities.indexOf(effectOf(effect).severity);
}
