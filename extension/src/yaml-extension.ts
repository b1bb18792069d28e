import { extensions, type LogOutputChannel, Uri, workspace } from "vscode";
import { looksLikeShoot } from "./relevant.ts";

/** How the two share the work: see the setting's description. */
type Sharing = "auto" | "cooperate" | "standalone";

/** The part of the interface of redhat.vscode-yaml that we use. */
interface YamlExtension {
  registerContributor(
    scheme: string,
    schemaOf: (resource: string) => string | undefined,
    contentOf: (uri: string) => string,
    label?: string,
  ): boolean;
}

const scheme = "registry-cache-schema";

/** What the setting says now. */
function sharing(): Sharing {
  return workspace.getConfiguration("registryCache").get<Sharing>("yamlExtension", "auto");
}

/** Whether the other extension is the one that completes keys: it was asked to, and is there. */
export function leavesKeysToOther(): boolean {
  return sharing() === "cooperate" && findYamlExtension() !== undefined;
}

/**
 * Tells redhat.vscode-yaml, when present, what our documents are. Unless it is to complete keys, it gets a schema that says
 * nothing, so that it neither repeats our completions nor checks a Shoot against somebody else's schema.
 */
export async function contributeSchemas(log: LogOutputChannel, keySchema: () => Promise<string>): Promise<void> {
  const other = findYamlExtension();
  if (!other) return;
  const schema = await keySchema();
  const api = other.isActive ? other.exports : await other.activate();
  const taken = api?.registerContributor?.(
    scheme,
    (resource) => (sharing() !== "standalone" && isOurs(resource) ? `${scheme}://${sharing()}/shoot` : undefined),
    (uri) => (Uri.parse(uri).authority === "cooperate" ? schema : "{}"),
    "Registry Cache",
  );
  log.info(taken ? "redhat.vscode-yaml takes our schema" : "redhat.vscode-yaml did not take our schema");
}

function findYamlExtension() {
  return extensions.getExtension<YamlExtension | undefined>("redhat.vscode-yaml");
}

function isOurs(resource: string): boolean {
  const document = workspace.textDocuments.find(({ uri }) => uri.toString() === resource);
  return document !== undefined && looksLikeShoot(document.getText());
}
