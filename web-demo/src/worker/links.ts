// Which deployment hangs on which key.

import type { InventoryAnswer } from 'kmsguard/slim';

export interface Link {
  key: string;
  /** The instance of the KMS that the key is in. */
  instance: string;
  deployment: string;
  /** What is registered; a deployment may register each of its parts. */
  resource: string;
  service: string;
  region: string;
}

/** Volumes of which nobody tells to whom they belong stand together, apart for each key. */
const managed = 'volumes of ';

export function managedVolumes(deployment: string): boolean {
  return deployment.startsWith(managed);
}

/** Every use of a listed key, and the keys that only the deployments tell of. */
export function linksOf({ keys, deployments, labels }: InventoryAnswer): Link[] {
  const link = (key: string, instance: string, deployment: string, resource: string, service: string): Link => ({
    key,
    instance,
    deployment,
    resource,
    service: labels[deployment]?.service ?? service,
    region: labels[deployment]?.region ?? resource.split(':')[5] ?? '',
  });
  const listed = new Set(keys.map(({ crn }) => crn));
  const used = keys.flatMap(({ crn, instance, uses }) =>
    uses.map(({ resource, service, deployment, managed: isManaged }) =>
      link(crn, instance, deployment ?? (isManaged ? managed + crn : resource), resource, service),
    ),
  );
  const unlisted = deployments.flatMap(({ crn, key, service }) =>
    key === undefined || listed.has(key) ? [] : [link(key, instanceOf(key), crn, crn, service)],
  );
  return [...used, ...unlisted];
}

/** The instance that a key is in, by its CRN. */
export function instanceOf(key: string): string {
  return `${key.split(':').slice(0, 8).join(':')}::`;
}
