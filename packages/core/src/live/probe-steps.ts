import { listAt, textAt } from "./json-value.ts";
import { readLiveChain } from "./live-chain.ts";

/** One step of a JSON patch. */
export type ProbeStep = { readonly op: "test" | "add" | "replace"; readonly path: string; readonly value: unknown };

/**
 * The patch that makes admission look at the Secrets of a Shoot's caches, to be sent with dryRun=All: an equal configuration
 * it allows unseen, so each Secret gets an entry under another name and the caches refer to that. Undefined where no
 * cache refers to a Secret. `secrets` gives other Secrets to be tried, by upstream.
 * (registry-cache: pkg/admission/validator/cache/shoot.go)
 */
export function probeSteps(
  shoot: unknown,
  secrets: { readonly [upstream: string]: string } = {},
): readonly ProbeStep[] | undefined {
  const { extension, caches, uses } = readLiveChain(shoot);
  const entries = listAt(shoot, "spec", "resources");
  const taken = new Set(entries.map((it) => textAt(it, "name")));
  const steps: ProbeStep[] = [];
  for (const [index, { upstream, reference }] of caches.entries()) {
    const own = uses.find((it) => it.purpose === "credentials" && it.upstream === upstream)?.secret;
    const secret = Object.hasOwn(secrets, upstream) ? secrets[upstream] : own;
    if (secret === undefined) continue;
    const name = freeName(`probe-${index}`, taken);
    const path = `/spec/extensions/${extension}/providerConfig/caches/${index}`;
    const resourceRef = { apiVersion: "v1", kind: "Secret", name: secret };
    steps.push({ op: "test", path: `${path}/upstream`, value: upstream });
    steps.push({ op: "add", path: "/spec/resources/-", value: { name, resourceRef } });
    steps.push({ op: reference === "" ? "add" : "replace", path: `${path}/secretReferenceName`, value: name });
  }
  if (steps.length === 0) return undefined;
  return entries.length === 0 ? [{ op: "add", path: "/spec/resources", value: [] }, ...steps] : steps;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`${name}-x`, taken) : name;
}
