import type { Shoot } from "../manifest/shoot.ts";
import type { Node } from "../yaml/node.ts";
import type { ChainEntry } from "./chain.ts";
import { otherUses } from "./other-uses.ts";
import type { RotationFiles } from "./request.ts";
import type { RotationNote, SecretId } from "./rotation.ts";

/** What a person should know of a rotation beside its steps. */
export function notesOf(
  { files }: RotationFiles,
  secret: SecretId,
  { entries, empty }: { readonly entries: readonly ChainEntry[]; readonly empty: boolean },
): readonly RotationNote[] {
  const left = otherUses(files, secret).map(({ kind, what, place }): RotationNote => {
    return { kind, message: `${what} names "${secret.name}", too, and is left as it is`, place };
  });
  const filled: readonly RotationNote[] = empty
    ? [
        {
          kind: "empty-values",
          message: "the values of the new Secret are empty; fill them in before anything is deployed",
        },
      ]
    : [];
  return [...entries.flatMap(otherUsers), ...left, ...filled];
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
