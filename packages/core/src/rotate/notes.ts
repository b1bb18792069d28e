import type { SecretForm } from "../manifest/secret.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { Node } from "../yaml/node.ts";
import type { ChainEntry } from "./chain.ts";
import { laterManifests, type Target } from "./choose-target.ts";
import type { FoundSecret } from "./find-secret.ts";
import { otherUses } from "./other-uses.ts";
import type { RotationFiles, RotationRequest } from "./request.ts";
import type { RotationNote, SecretId } from "./rotation.ts";

/** What a rotation leads to. */
export interface Outcome {
  readonly entries: readonly ChainEntry[];
  readonly target: Target;
  readonly form: SecretForm;
}

/** What a person should know of a rotation beside its steps. */
export function notesOf(
  request: RotationRequest,
  { id }: FoundSecret,
  { entries, target, form }: Outcome,
): readonly RotationNote[] {
  const own = target.kind === "create" ? ofNew(request, id, form) : ofTakenUp(request, target);
  return [...entries.flatMap(otherUsers), ...leftAlone(request, id), ...own];
}

/** The places that name a Secret and are not edited. */
export function leftAlone({ files }: RotationFiles, secret: SecretId): readonly RotationNote[] {
  return otherUses(files, secret).map(({ kind, what, place }) => {
    return { kind, message: `${what} names "${secret.name}", too, and is left as it is`, place };
  });
}

function ofNew(request: RotationRequest, id: SecretId, form: SecretForm): readonly RotationNote[] {
  const left = laterManifests(request, id).map(({ file, secret }): RotationNote => {
    const message = `Secret "${secret.name}" is there already, and is left as it is: no Shoot names it, and nothing shows that it holds the new values`;
    return { kind: "left-over", message, place: { uri: file.uri, span: secret.nameSpan } };
  });
  if (form === "ExternalSecret") {
    const message = "the values come from the store of the ExternalSecret; they must be there before this is deployed";
    return [...left, { kind: "unseen-values", message }];
  }
  if (request.values !== undefined) return left;
  const message = "the values of the new Secret are empty; fill them in before anything is deployed";
  return [...left, { kind: "empty-values", message }];
}

/** Who gives values again to finish what was begun may believe that they are compared. */
function ofTakenUp({ values }: RotationRequest, target: Target): readonly RotationNote[] {
  if (target.kind === "create" || values === undefined || target.manifest.secret.form === "Secret") return [];
  const { file, secret } = target.manifest;
  const message = `Secret "${secret.name}" is a ${secret.form} here and is used as it is: its values cannot be compared with those given`;
  return [{ kind: "unseen-values", message, place: { uri: file.uri, span: secret.nameSpan } }];
}

/** The unit of a rotation is the Secret, so whoever else uses an entry gets the new one, too. */
function otherUsers({ shoot, entry, uses }: ChainEntry): readonly RotationNote[] {
  const name = entry.name?.value;
  if (name === undefined) return [];
  const of = `the entry "${name}" of Shoot "${shoot.name?.value ?? "without a name"}"`;
  const place = { uri: shoot.uri, span: entry.name?.span ?? entry.span };
  const types = extensionsNaming(shoot, name);
  if (types.length > 0) {
    const message = `${of} is used by the extension ${types.join(" and ")}, too, which gets the new Secret`;
    return [{ kind: "other-use", message, place }];
  }
  if (uses.length > 0) return [];
  return [
    { kind: "other-use", message: `${of} is used by no cache or mirror; whoever uses it gets the new Secret`, place },
  ];
}

/** The other extensions in whose configuration the name of an entry stands. */
function extensionsNaming({ extensions }: Shoot, name: string): readonly string[] {
  return extensions.flatMap(({ type, providerConfig }) => {
    if (type === undefined || type.value === "registry-cache" || type.value === "registry-mirror") return [];
    return providerConfig && hasText(providerConfig.value, name) ? [type.value] : [];
  });
}

function hasText(node: Node, text: string): boolean {
  if (node.type === "scalar") return node.text === text;
  const values = node.type === "seq" ? node.items : node.entries;
  return values.some(({ value }) => hasText(value, text));
}
