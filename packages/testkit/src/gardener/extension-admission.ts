import {
  conclude,
  type Finding,
  inspect,
  type LiveSecret,
  type PreviousShoot,
  readManifests,
  summarizePrevious,
} from "@registry-cache/core";
import { ApiFailure } from "../api-server/failure.ts";
import { type ApiObject, fieldIn, isFields, listIn, textIn } from "../api-server/object.ts";
import type { Store } from "../api-server/store.ts";
import { referencesOf } from "./shoot-fields.ts";

/**
 * What the webhooks of registry-cache and registry-mirror say. Core's own verdict speaks for them, the early allow of an
 * unchanged configuration included; it is held to recordings of the real ones.
 */
export async function askExtension(store: Store, shoot: ApiObject, old: ApiObject | undefined): Promise<void> {
  const { namespace = "" } = shoot.metadata;
  const secrets = await secretsOf(store, shoot);
  const report = inspect(readManifests("shoot.json", JSON.stringify(shoot)), () => previousOf(old));
  const findings = conclude([report], { cluster: { namespaces: [namespace], secrets } }).get("shoot.json") ?? [];
  // Only the webhook of the mirrors looks at a Shoot that is being deleted.
  const doomed = shoot.metadata.deletionTimestamp !== undefined;
  const denials = findings.filter((it) => it.admission && !(doomed && webhookOf(shoot, it) === "registry-cache"));
  const [first] = denials;
  if (first === undefined) return;
  const webhook = webhookOf(shoot, first);
  const list = denials.map(wording);
  const told = list.length === 1 ? list.join() : `[${list.join(", ")}]`;
  // The webhook's library sends a code and a message, and no reason.
  const message = `admission webhook "validation.${webhook}.extensions.gardener.cloud" denied the request: ${told}`;
  throw new ApiFailure({ code: 422, reason: "", message });
}

function webhookOf(shoot: ApiObject, { admission }: Finding): string {
  const [, index = "0"] = /^spec\.extensions\[(\d+)\]/.exec(admission?.field ?? "") ?? [];
  const type = textIn(listIn(shoot, "spec", "extensions")[Number(index)], "type");
  return type === "registry-mirror" ? type : "registry-cache";
}

function wording({ admission, message }: Finding): string {
  return `${admission?.field ?? ""}: ${admission?.type ?? ""}: ${message}`;
}

function previousOf(old: ApiObject | undefined): PreviousShoot | undefined {
  if (old === undefined) return undefined;
  const [document] = readManifests("old.json", JSON.stringify(old)).documents;
  return document?.shoots[0] && summarizePrevious(document.shoots[0]);
}

async function secretsOf(store: Store, shoot: ApiObject): Promise<readonly LiveSecret[]> {
  const { namespace = "" } = shoot.metadata;
  const names = referencesOf(shoot).flatMap((it) => (it.resource === "secrets" ? [it.name] : []));
  const found = await Promise.all(names.map((name) => store.get({ resource: "secrets", namespace, name })));
  return found.flatMap((it) => (it === undefined ? [] : [toLive(it, namespace)]));
}

function toLive(secret: ApiObject, namespace: string): LiveSecret {
  const data = fieldIn(secret, "data");
  const entries = isFields(data) ? Object.entries(data).map(([key, value]) => [key, String(value)] as const) : [];
  const type = textIn(secret, "type");
  const { name, deletionTimestamp } = secret.metadata;
  return {
    name,
    namespace,
    immutable: secret["immutable"] === true,
    data: Object.fromEntries(entries),
    ...(type !== undefined && { type }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
  };
}
