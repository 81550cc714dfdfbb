// The actions that a person can ask about, as the end of "what breaks if", and as something to do.

import type { ActionKind } from 'kmsguard/slim';

export const actionTitles: Record<ActionKind, string> = {
  'delete-key': 'a key is deleted',
  'disable-key': 'a key is disabled',
  'rotate-key': 'a key is rotated',
  'restore-key': 'a deleted key is restored',
  'revoke-policy': 'an authorization is removed',
  'delete-instance': 'an instance is deleted',
  terraform: 'a plan of Terraform is applied',
};

export const actionOrders: Record<ActionKind, string> = {
  'delete-key': 'Delete this key',
  'disable-key': 'Disable this key',
  'rotate-key': 'Rotate this key',
  'restore-key': 'Restore this key',
  'revoke-policy': 'Revoke this policy',
  'delete-instance': 'Delete this deployment',
  terraform: 'Apply this plan',
};
