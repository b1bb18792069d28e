import {
  type FileReport,
  type PreviousOf,
  type PreviousShoot,
  type Reference,
  readManifests,
  summarizeLive,
} from "@registry-cache/core";
import type { ApiObject } from "@registry-cache/garden";
import type { ObjectName, Wanted } from "./garden-facts.ts";
import { asManifest } from "./shoot-fields.ts";

/** A report in which a Shoot without a namespace belongs to the one that is current, as it would when it is applied. */
export function withNamespace(report: FileReport, namespace: string): FileReport {
  const open = report.shoots.some((it) => it.references.some((one) => one.namespace === undefined));
  if (!open) return report;
  const shoots = report.shoots.map((it) => ({
    ...it,
    references: it.references.map((one) => ({ ...one, namespace: one.namespace ?? namespace })),
  }));
  return { ...report, shoots };
}

/** The Secrets that manifests refer to, the Shoots that refer to them, and the other Shoots of the manifests. */
export function wantedOf(references: readonly Reference[], others: Iterable<ObjectName>): Wanted {
  const secrets = references.flatMap(({ namespace, target }) =>
    namespace === undefined || target === undefined ? [] : [{ namespace, name: target.name }],
  );
  const shoots = references.flatMap(({ namespace, shootName }) =>
    namespace === undefined || shootName === undefined ? [] : [{ namespace, name: shootName }],
  );
  return { secrets: unique(secrets), shoots: unique([...shoots, ...others]) };
}

function unique(names: readonly ObjectName[]): readonly ObjectName[] {
  return [...new Map(names.map((it) => [`${it.namespace}/${it.name}`, it])).values()];
}

/** A Shoot of the garden as the version before an update; undefined for what is no Shoot. */
export function previousShoot(shoot: ApiObject): PreviousShoot | undefined {
  const documents = readManifests("", JSON.stringify(asManifest(shoot))).documents;
  const [read] = documents.flatMap((document) => document.shoots);
  return read && summarizeLive(read);
}

/** Finds the version before an update by `namespace/name`. */
export function previousByName(byName: ReadonlyMap<string, PreviousShoot>, namespace: string): PreviousOf {
  return (shoot) => byName.get(`${shoot.namespace?.value ?? namespace}/${shoot.name?.value}`);
}
