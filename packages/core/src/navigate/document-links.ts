import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import { textSpan } from "./names.ts";

/** A text that leads somewhere: to a web address or to a file of the workspace. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: string;
  readonly tooltip: string;
}

/** The addresses of upstreams and mirrors, and the files of the Secrets that entries name. */
export function documentLinks(file: ManifestFile, workspace: Workspace): readonly DocumentLink[] {
  const shoots = file.documents.flatMap((it) => it.shoots);
  return shoots
    .flatMap((it) => [...addressLinks(it), ...secretLinks(it, workspace)])
    .sort((a, b) => a.span.start - b.span.start);
}

/** An address that carries a credential is none to open, and none to show. */
const address = /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s@\\]*)?$/i;

function addressLinks({ text, registryCache, registryMirror }: Shoot): readonly DocumentLink[] {
  const remotes = (registryCache?.caches ?? []).map((it) => it.remoteURL);
  const hosts = (registryMirror?.mirrors ?? []).flatMap((it) => it.hosts.map((of) => of.host));
  return [...remotes, ...hosts].flatMap((it) => {
    if (it === undefined || !address.test(it.value)) return [];
    const span = textSpan(text, { ...it, name: it.value, style: it.node.style });
    return [{ span, target: it.value, tooltip: "Open the registry" }];
  });
}

function secretLinks(shoot: Shoot, { garden }: Workspace): readonly DocumentLink[] {
  return shoot.resources.flatMap(({ kind, target }) => {
    if (kind?.value !== "Secret" || target === undefined) return [];
    const [manifest] = garden.manifestsOf(target.value, shoot.namespace?.value);
    if (manifest === undefined || manifest.uri === shoot.uri) return [];
    const name = { ...target, name: target.value, style: target.node.style };
    return [{ span: target.alias ?? textSpan(shoot.text, name), target: manifest.uri, tooltip: "Open the Secret" }];
  });
}
