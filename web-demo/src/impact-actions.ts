// The actions that a person can ask about, and what each can be done to.

import type { ActionKind, InventoryAnswer, SideParts } from 'kmsguard/slim';
import { shortName } from './resource-name.js';
import { counted } from './text.js';

export interface Target {
  value: string;
  title: string;
}

export interface Action {
  kind: ActionKind;
  title: string;
  /** What can be chosen, what matters most first. */
  targets: (tables: InventoryAnswer) => Target[];
}

export const actions: readonly Action[] = [
  { kind: 'delete-key', title: 'a key is deleted', targets: keys },
  { kind: 'disable-key', title: 'a key is disabled', targets: keys },
  { kind: 'rotate-key', title: 'a key is rotated', targets: keys },
  { kind: 'restore-key', title: 'a deleted key is restored', targets: keys },
  { kind: 'revoke-policy', title: 'an authorization is removed', targets: policies },
  { kind: 'delete-instance', title: 'an instance is deleted', targets: instances },
  { kind: 'terraform', title: 'a plan of Terraform is applied', targets: plans },
];

function keys({ keys, labels }: InventoryAnswer): Target[] {
  return [...keys]
    .sort((first, second) => second.exposure.deployments - first.exposure.deployments)
    .map(({ crn, exposure }) => ({ value: crn, title: `${shortName(crn, labels)} (${counted(exposure.deployments, 'deployment')})` }));
}

function policies({ authorizations }: InventoryAnswer): Target[] {
  return authorizations.flatMap(({ id, subject, resource }) =>
    id === undefined ? [] : [{ value: id, title: `${service(subject)} to ${service(resource)}: ${id}` }],
  );
}

/** The service that a side of an authorization names. */
function service({ attributes }: SideParts): string {
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
