import { decodeUtf8 } from "../encoding/utf8.ts";
import type { Secret } from "../manifest/secret.ts";
import { fail, type Result } from "../text/result.ts";
import { sameNamespace } from "./chain.ts";
import { planFileRotation } from "./plan-file-rotation.ts";
import type { NewValues, RotationRequest } from "./request.ts";
import type { Blocker, FileRotation } from "./rotation.ts";

/**
 * Plans the rest of a rotation whose new Secret is there: what still names the old one is switched, and nothing is created. The
 * values of the new manifest go nowhere: they only tell the plan which version is meant.
 */
export function planSwitch(request: RotationRequest, to: string): Result<FileRotation, readonly Blocker[]> {
  const { files, secret } = request;
  const all = files.flatMap(({ documents }) => documents.flatMap((it) => it.secrets));
  const next = all.find((it) => it.name === to && sameNamespace(it.namespace, secret.namespace));
  const plan = planFileRotation({ ...request, values: next && valuesOf(next) });
  if (!plan.ok || plan.value.to === to) return plan;
  const message = `Secret "${to}" cannot be taken up: it must be immutable and hold username and password and nothing else`;
  return fail([{ kind: "not-rotated", message }]);
}

function valuesOf({ entries }: Secret): NewValues | undefined {
  const text = (key: string): string | undefined => {
    const bytes = entries.find((it) => it.key === key)?.bytes;
    return bytes && decodeUtf8(bytes).text;
  };
  const [username, password, bundle] = [text("username"), text("password"), text("bundle.crt")];
  if (bundle !== undefined) return { purpose: "ca-bundle", bundle };
  return username === undefined || password === undefined ? undefined : { purpose: "credentials", username, password };
}
