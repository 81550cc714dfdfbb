// What each action can be done to, of what was read.

import type { ActionKind, InventoryAnswer, SideParts } from 'kmsguard/slim';
import { shortName } from '../names.js';
import { counted } from '../words.js';
import type { Target } from './questions.js';
import { wordsOf } from './table-rows.js';

/** More than this is not chosen from: a person writes some words of what is wanted. */
const mostTargets = 300;

/** An action that came later than this page has none. */
const targets: Readonly<Record<string, (tables: InventoryAnswer) => Target[]>> = {
  'delete-key': keys,
  'disable-key': keys,
  'rotate-key': keys,
  'restore-key': keys,
  'untangle-key': keys,
  'revoke-policy': policies,
  'delete-instance': instances,
  terraform: plans,
};

/** The actions for which there is something that they can be done to. */
export function possibleActions(tables: InventoryAnswer): ActionKind[] {
  return Object.entries(targets).flatMap(([kind, of]) => (of(tables).length > 0 ? [kind as ActionKind] : []));
}

/** What an action can be done to, what matters most first: those that hold every word. */
export function targetsOf(tables: InventoryAnswer, kind: ActionKind, text: string): { found: number; targets: Target[] } {
  const words = wordsOf(text);
  const holds = ({ value, title }: Target): boolean => {
    const said = `${value} ${title}`.toLowerCase();
    return words.every((word) => said.includes(word));
  };
  const found = (targets[kind]?.(tables) ?? []).filter(holds);
  return { found: found.length, targets: found.slice(0, mostTargets) };
}

function keys({ keys, labels }: InventoryAnswer): Target[] {
  return keys
    .toSorted((first, second) => second.exposure.deployments - first.exposure.deployments)
    .map(({ crn, exposure }) => ({ value: crn, title: `${shortName(crn, labels)} (${counted(exposure.deployments, 'deployment')})` }));
}

function policies({ authorizations }: InventoryAnswer): Target[] {
  return authorizations.flatMap(({ id, subject, resource }) =>
    id === undefined ? [] : [{ value: id, title: `${serviceOf(subject)} to ${serviceOf(resource)}: ${id}` }],
  );
}

/** The service that a side of an authorization names. */
export function serviceOf({ attributes }: SideParts): string {
  return attributes.find(({ name }) => name === 'serviceName')?.values.join(' or ') || 'any service';
}

function instances({ kms_instances, deployments, labels }: InventoryAnswer): Target[] {
  const titled = (crn: string): Target => ({
    value: crn,
    title: `${shortName(crn, labels)}${labels[crn]?.service ? ` (${labels[crn].service})` : ''}`,
  });
  return [...kms_instances, ...deployments].map(({ crn }) => titled(crn));
}

function plans({ planned_changes }: InventoryAnswer): Target[] {
  return [...new Set(planned_changes.map(({ input }) => input))].map((input) => ({ value: input, title: input }));
}
