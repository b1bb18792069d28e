import { decodeBase64, decodeUtf8, type ManifestFile } from "@registry-cache/core";
import { type KubernetesObject, readyMade, readyMadeNames } from "@registry-cache/runtime";
import { placeholders } from "./certificates.ts";
import { renderChange } from "./change-text.ts";
import { diffShoots } from "./diff-shoots.ts";
import { type OpenShoot, openAmong } from "./open-shoot.ts";
import { type RenderedShoot, renderShoot } from "./render-shoot.ts";
import { printManifests } from "./rendered-files.ts";
import { withoutLogins } from "./without-logins.ts";

/** A Shoot of some files. */
export interface ShootName {
  readonly shoot: string | undefined;
  readonly namespace: string | undefined;
}

/** The runtime of a Shoot before and after a change; the text after begins with what the change does, in words. */
export interface ChangePreview {
  readonly before: string;
  readonly after: string;
}

/** What Gardener's extension creates for a Shoot, as a text to look at: without secrets, and equal for equal manifests. */
export function previewRuntime(files: readonly ManifestFile[], which: ShootName): string {
  const open = openAmong(files, { ...which, names: ["the workspace"], recursive: false });
  return open.ok ? printRuntime(open.value) : comment(`Cannot be rendered: ${open.error}`);
}

/** Compares the runtime of a Shoot; `since` says in words what the files before are. */
export function previewChanges(
  files: { readonly before: readonly ManifestFile[]; readonly after: readonly ManifestFile[] },
  which: ShootName,
  since: string,
): ChangePreview {
  const request = { ...which, names: ["the workspace"], recursive: false };
  const before = openAmong(files.before, request);
  const after = openAmong(files.after, request);
  const old = before.ok ? printRuntime(before.value) : comment(`The Shoot is not in ${since}.`);
  if (!after.ok) return { before: old, after: comment(`Cannot be rendered: ${after.error}`) };
  const changes = diffShoots(before.ok ? before.value : undefined, after.value);
  const words = changes.ok ? changes.value.map(renderChange).join("") : `cannot be compared: ${changes.error}\n`;
  const head = comment(`What the change since ${since} does to the caches of this Shoot:`);
  return {
    before: old,
    after: `${head}#\n${comments(words || "the Shoot has no caches\n")}\n${printRuntime(after.value)}`,
  };
}

/** The ready-made manifests: each name with the files below its folder. */
export function readyMadeFiles(): readonly {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}[] {
  return readyMadeNames.map((name) => ({ name, files: readyMade(name) }));
}

function printRuntime(open: OpenShoot): string {
  const rendered = renderShoot(open, {
    profile: "gardener",
    withCredentials: false,
    endpoints: new Map(),
    serviceMonitor: false,
    certificates: placeholders,
  });
  if (!rendered.ok) return comment(`Cannot be rendered: ${rendered.error}`);
  const { objects, ...rest } = rendered.value;
  const readable = { objects: objects.map(asText), ...rest };
  const parts = [comments(notesOf(readable)), printManifests(readable, "yaml"), nodesOf(readable)];
  return withoutLogins(parts.filter((it) => it !== "").join("\n"));
}

/** Base64 is nothing to look at: what a Secret holds is shown as `stringData`, which means the same. */
function asText(object: KubernetesObject): KubernetesObject {
  const { kind, data } = object;
  if (kind !== "Secret" || typeof data !== "object" || data === null) return object;
  const { data: left, ...rest } = object;
  return {
    ...rest,
    stringData: Object.fromEntries(Object.entries(data).map(([key, it]) => [key, textOf(String(it))])),
  };
}

function textOf(base64: string): string {
  const bytes = decodeBase64(base64);
  return bytes === undefined ? base64 : decodeUtf8(bytes).text;
}

function notesOf({ notes }: RenderedShoot): string {
  return notes.map(({ code, upstream, message }) => `${code} ${upstream}: ${message}\n`).join("");
}

function nodesOf(rendered: RenderedShoot): string {
  return comments(`What containerd on each node is told:\n\n${printManifests(rendered, "hosts.toml")}`);
}

function comment(line: string): string {
  return comments(`${line}\n`);
}

function comments(text: string): string {
  return text.replace(/^(.*)\n/gm, (_, line: string) => `${`# ${line}`.trimEnd()}\n`);
}
