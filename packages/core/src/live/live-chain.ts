import type { LiveUse } from "../workspace/workspace.ts";
import { listAt, textAt, valueAt } from "./json-value.ts";
import { secretIn } from "./secret-references.ts";

/** What a Shoot in the garden uses, and where in its JSON. */
export interface LiveChain {
  readonly uses: readonly LiveUse[];
  /** The index of the registry-cache extension, and what each of its caches refers to. */
  readonly extension: number;
  readonly caches: readonly { readonly upstream: string; readonly reference: string }[];
}

/** Reads which Secrets a Shoot uses for which upstreams; a disabled extension uses none. */
export function readLiveChain(shoot: unknown): LiveChain {
  const extensions = listAt(shoot, "spec", "extensions");
  const extension = extensions.findIndex(
    (it) => textAt(it, "type") === "registry-cache" && valueAt(it, "disabled") !== true,
  );
  const caches = listAt(extensions[extension], "providerConfig", "caches").map((it) => {
    return { upstream: textAt(it, "upstream"), reference: textAt(it, "secretReferenceName") };
  });
  const where = { namespace: textAt(shoot, "metadata", "namespace"), shoot: textAt(shoot, "metadata", "name") };
  const uses = [
    ...caches.map((it) => ({ ...it, purpose: "credentials" as const })),
    ...mirrorReferences(extensions).map((it) => ({ ...it, purpose: "ca-bundle" as const })),
  ].flatMap(({ reference, ...it }): readonly LiveUse[] => {
    const secret = targetOf(shoot, reference);
    return secret === "" ? [] : [{ ...where, ...it, secret }];
  });
  return { uses, extension, caches };
}

function mirrorReferences(extensions: readonly unknown[]): LiveChain["caches"] {
  const mirrors = extensions
    .filter((it) => textAt(it, "type") === "registry-mirror" && valueAt(it, "disabled") !== true)
    .flatMap((it) => listAt(it, "providerConfig", "mirrors"));
  return mirrors.flatMap((it) =>
    listAt(it, "hosts").map((host) => {
      return { upstream: textAt(it, "upstream"), reference: textAt(host, "caBundleSecretReferenceName") };
    }),
  );
}

function targetOf(shoot: unknown, reference: string): string {
  if (reference === "") return "";
  const entry = listAt(shoot, "spec", "resources").find((it) => textAt(it, "name") === reference);
  return secretIn(entry, "resourceRef");
}
