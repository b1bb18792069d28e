import type {
  Blocker,
  FileFinish,
  FileRollback,
  FileRotation,
  Place,
  RotationNote,
  RotationStep,
} from "@registry-cache/core";
import { type Document, type Documents, rangeOf } from "./documents.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** Shows what a rotation, its end or its way back does step by step. */
export function renderSteps(plan: FileRotation | FileFinish | FileRollback, paint: Paint): string {
  const rows = plan.steps.map((step) => {
    return { verb: verbs[step.do], file: printable(step.uri ?? ""), text: describe(step) };
  });
  const width = Math.min(60, Math.max(...rows.map((it) => it.file.length)));
  const lines = rows.map(({ verb, file, text }) => `  ${paint.cyan(verb.padEnd(6))}  ${file.padEnd(width)}  ${text}\n`);
  return `${paint.bold(headOf(plan))}\n${lines.join("")}`;
}

function headOf({ from, to, namespace, steps }: FileRotation | FileFinish | FileRollback): string {
  const where = namespace === undefined ? "" : ` in namespace ${printable(namespace)}`;
  if (typeof from !== "string")
    return `Secret ${quoted(to)}${where} is used again in place of ${from.map(quoted).join(" and ")}`;
  const ends = steps.some((it) => it.do === "delete-secret");
  return ends
    ? `Secret ${quoted(from)}${where} goes, ${quoted(to)} is used instead`
    : `Secret ${quoted(from)}${where} is replaced by ${quoted(to)}`;
}

const verbs: { readonly [step in RotationStep["do"]]: string } = {
  "create-secret": "create",
  "reuse-secret": "keep",
  "list-file": "list",
  "switch-shoot": "switch",
  "unlist-file": "unlist",
  "delete-secret": "delete",
};

function describe(step: RotationStep): string {
  switch (step.do) {
    case "create-secret":
      return describeNew(step);
    case "reuse-secret":
      return `Secret ${quoted(step.secret.name)} is there already`;
    case "list-file":
    case "unlist-file":
      return `resources: ${printable(step.path)}`;
    case "switch-shoot":
      return `Shoot ${quoted(step.shoot.name)}: ${upstreamsOf(step)}`;
    case "delete-secret":
      return `Secret ${quoted(step.secret.name)}`;
  }
}

function describeNew({ secret, keys, form }: Extract<RotationStep, { readonly do: "create-secret" }>): string {
  const name = quoted(secret.name);
  if (form === "ExternalSecret") return `ExternalSecret for Secret ${name}`;
  const kind = form === "SealedSecret" ? form : "Secret";
  return `${kind} ${name} with ${keys.join(" and ")}${form === "SopsSecret" ? ", encrypted by sops" : ""}`;
}

function upstreamsOf({ entries }: Extract<RotationStep, { readonly do: "switch-shoot" }>): string {
  const upstreams = new Set(entries.flatMap((it) => it.uses.map((use) => use.upstream ?? "an upstream")));
  const [...shown] = upstreams;
  return shown.length > 0 ? shown.map(printable).join(", ") : "no cache or mirror";
}

function quoted(name: string | undefined): string {
  return name === undefined ? "without a name" : `"${printable(name)}"`;
}

/** Shows a note with its place. */
export function renderNote({ message, place }: RotationNote, documents: Documents): string {
  return `note: ${placed(place, documents)}${printable(message)}\n`;
}

/** Shows why nothing can be done, one line for each reason. */
export function renderBlocker({ code, message, place }: Blocker, documents: Documents): string {
  return `error: ${placed(place, documents)}${code ? `${code} ` : ""}${printable(message)}\n`;
}

function placed(place: Place | undefined, documents: Documents): string {
  const document = place && documents(place.uri);
  return place === undefined || document === undefined ? "" : `${placeText(place, document)}: `;
}

/** A place as compilers write it: file, line and column. */
function placeText({ uri, span }: Place, document: Document): string {
  const { line, character } = rangeOf(document, span).start;
  return `${printable(uri)}:${line + 1}:${character + 1}`;
}

/** What is to be done when the files are written. */
export function renderNext({ from, to }: FileRotation, command: string, empty: boolean): string {
  const first = empty ? `Fill in the values of ${quoted(to)}. Then deploy` : "Deploy";
  return [
    `${first} these files and wait until every Shoot has reconciled.`,
    `Then \`${command}\` removes ${quoted(from)}; revoke its credential after that.`,
    "",
  ].join("\n");
}
