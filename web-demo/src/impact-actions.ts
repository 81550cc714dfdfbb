// The actions that a person can ask about, as the end of "what breaks if", and as something to do.

import type { ActionKind } from 'kmsguard/slim';

/** An action that came later than this page is not offered. */
const titles: Readonly<Record<string, string>> = {
  'delete-key': 'a key is deleted',
  'disable-key': 'a key is disabled',
  'rotate-key': 'a key is rotated',
  'restore-key': 'a deleted key is restored',
  'revoke-policy': 'an authorization is removed',
  'delete-instance': 'an instance is deleted',
  'untangle-key': 'a shared key is untangled',
  terraform: 'a plan of Terraform is applied',
};

const orders: Readonly<Record<string, string>> = {
  'delete-key': 'Delete this key',
  'disable-key': 'Disable this key',
  'rotate-key': 'Rotate this key',
  'restore-key': 'Restore this key',
  'revoke-policy': 'Revoke this policy',
  'delete-instance': 'Delete this deployment',
  'untangle-key': 'Untangle this key',
  terraform: 'Apply this plan',
};

export function actionTitle(kind: ActionKind): string {
  return titles[kind] ?? kind;
}

export function actionOrder(kind: ActionKind): string {
  return orders[kind] ?? kind;
}
