import { aliasesIn } from "../analyze/aliases-in.ts";
import type { Workspace } from "../analyze/open-workspace.ts";
import { outlineShoot } from "../analyze/outline.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Shoot } from "../manifest/shoot.ts";
import { maskCredentials } from "../rules/mask-credentials.ts";
import type { ChainLink, Health, ReferenceChain, UpstreamChain } from "../workspace/chain.ts";
import type { EntryName, KnownUse, ShootOutline } from "../workspace/outline.ts";
import { placeOf } from "../workspace/written-name.ts";
import { type ChainContext, chainContext, referenceChain, secretLink, useChain } from "./chain-links.ts";
import { documentAt } from "./document-at.ts";
import type { Hover } from "./hover.ts";
import { code, plain } from "./markdown.ts";
import { type EntryUse, namesAt, type SecretUse, textSpan } from "./names.ts";

/** How many chains or users one name shows at most. */
const maxShown = 5;

/** Shows the whole chain of a name: each cache or mirror, the entry that it names, the Secret behind it, and what is wrong with each. */
export function hoverChain(file: ManifestFile, offset: number, workspace: Workspace): Hover | undefined {
  const [use] = namesAt(file, offset);
  if (use === undefined || use.as === "foreign") return undefined;
  const context: ChainContext = { ...chainContext(workspace), uri: file.uri };
  const parts = use.of === "entry" ? entryParts(file, use, context) : secretParts(file, use, context);
  return { span: textSpan(file.text, use.name), markdown: parts.join("\n\n") };
}

function entryParts(file: ManifestFile, use: EntryUse, context: ChainContext): readonly string[] {
  const shoot = outlineOf(file, use.shoot);
  const start = placeOf(use.name).start;
  const means = ({ entry }: KnownUse): boolean =>
    entry?.name.name === use.name.name && (use.as === "declaration" || placeOf(entry.name).start === start);
  const uses = shoot.uses.filter(means);
  if (uses.length > 0) return showUses(shoot, uses, context);
  const index = shoot.entries.findIndex((it) => it.name?.name === use.name.name);
  return [showReference(shoot, { name: use.name, field: use.field, index }, context)];
}

function secretParts(file: ManifestFile, use: SecretUse, context: ChainContext): readonly string[] {
  const { name, namespace } = use;
  const shoot = use.as === "use" ? shootAt(file, use) : undefined;
  if (shoot === undefined) return [showSecret(use, context), showUsers(use, context)];
  const entries = shoot.entries.flatMap((it, index) =>
    it.kind === "Secret" && it.target?.name === name.name ? [index] : [],
  );
  const uses = shoot.uses.filter(({ entry }) => entry !== undefined && entries.includes(entry.index));
  if (uses.length > 0) return showUses(shoot, uses, context);
  const [index = -1] = entries;
  const entry = shoot.entries[index]?.name;
  if (entry !== undefined) return [showReference(shoot, { name: entry, field: "", index }, context)];
  return [showLines([["Secret", secretLink({ namespace }, "credentials", name, context)]], context)];
}

function outlineOf(file: ManifestFile, shoot: Shoot): ShootOutline {
  const document = documentAt(file, shoot.root.span.start);
  return outlineShoot(shoot, document ? aliasesIn(document) : () => []);
}

function shootAt(file: ManifestFile, { name, field }: SecretUse): ShootOutline | undefined {
  const shoots = file.documents.flatMap((it) => it.shoots).map((it) => outlineOf(file, it));
  return shoots.find(({ mentions }) =>
    mentions.some((it) => it.field === field && it.name.span.start === name.span.start),
  );
}

function showUses(shoot: ShootOutline, uses: readonly KnownUse[], context: ChainContext): readonly string[] {
  const shown = uses.slice(0, maxShown).map((it) => showChain(useChain(shoot, it, context), context));
  return uses.length > maxShown ? [...shown, `and ${uses.length - maxShown} more`] : shown;
}

type Line = readonly [what: string, link: ChainLink];

function showChain(use: UpstreamChain, context: ChainContext): string {
  return showLines([[use.kind, use], ...referenceLines(use.reference)], context);
}

function showReference(shoot: ShootOutline, entry: EntryName, context: ChainContext): string {
  return showLines(referenceLines(referenceChain(shoot, "credentials", entry, context)), context);
}

function referenceLines(reference: ReferenceChain | undefined): readonly Line[] {
  if (reference === undefined) return [];
  return [["entry", reference], ...(reference.secret ? [["Secret", reference.secret] as const] : [])];
}

function showSecret({ name, namespace, secret }: SecretUse, context: ChainContext): string {
  const { garden } = context.workspace;
  const wanted = { name: name.name, namespace };
  const asBundle = garden.countUses(wanted, "credentials") === 0 && garden.countUses(wanted, "ca-bundle") > 0;
  const seems = garden.manifestsOf(name.name, namespace).find((it) => it.uri === secret?.uri)?.looksLike;
  const purpose = asBundle || seems === "ca-bundle" ? "ca-bundle" : "credentials";
  return showLines([["Secret", secretLink({ namespace }, purpose, name, context)]], context);
}

function showUsers({ name, namespace }: SecretUse, { workspace }: ChainContext): string {
  const users = workspace.garden.referencesTo({ name: name.name, namespace });
  if (users.length === 0) return "No Shoot here uses it.";
  const lines = users.slice(0, maxShown).map(({ purpose, upstream, shootName, uri }) => {
    const what = `${purpose === "credentials" ? "cache" : "mirror"} ${code(upstream === undefined ? "no upstream" : maskCredentials(upstream))}`;
    return `- ${what} of Shoot ${code(shootName ?? "without a name")}, in ${code(fileName(uri))}`;
  });
  const left = users.length - lines.length;
  return ["Used by:", "", ...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join("\n");
}

function showLines(lines: readonly Line[], { uri }: ChainContext): string {
  return lines
    .flatMap(([what, link]) => {
      const { place, note, label, health, findings } = link;
      const where = place !== undefined && place.uri !== uri ? `, in ${code(fileName(place.uri))}` : "";
      const head = `- ${marks[health]} ${what} ${code(label)}${note === undefined ? "" : ` (${plain(note)})`}${where}`;
      return [head, ...findings.map((it) => `  - ${it.severity} ${it.code}: ${plain(it.message)}`)];
    })
    .join("\n");
}

const marks: { readonly [health in Health]: string } = { ok: "✓", warning: "⚠", error: "✗", unknown: "?" };

function fileName(uri: string): string {
  return uri.slice(uri.lastIndexOf("/") + 1);
}
