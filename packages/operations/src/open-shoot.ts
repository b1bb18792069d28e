import {
  decodeUtf8,
  type ManifestFile,
  type Result,
  readManifests,
  type SecretView,
  type ShootView,
} from "@registry-cache/core";
import { createReader, listSources, type Problem } from "@registry-cache/files";
import { previousTexts } from "./previous.ts";

/** Which Shoot, and where to look for it. */
export interface ShootRequest {
  /** Files, directories or `-`, as the user named them. */
  readonly names: readonly string[];
  readonly recursive: boolean;
  /** The Shoot's name, where there are several. */
  readonly shoot?: string | undefined;
  readonly namespace?: string | undefined;
  /** Look there instead: a file, a directory, or `git:` and a revision of the named ones. */
  readonly against?: string | undefined;
}

/** A Shoot, and what the files hold of the Secrets that it names. */
export interface OpenShoot {
  readonly shoot: ShootView;
  /** What a cache logs in with; `reference` is its `secretReferenceName`. */
  loginOf(reference: string | undefined): Login;
  /** Files that could not be read. */
  readonly problems: readonly Problem[];
}

/** What a cache logs in with, as far as the files tell. The credentials are never to be printed unasked. */
export type Login =
  | { readonly kind: "none" }
  | {
      readonly kind: "known";
      readonly secretName: string;
      readonly credentials: { readonly username: string; readonly password: string };
    }
  | { readonly kind: "unknown"; readonly secretName: string | undefined; readonly reason: string };

/** Finds the Shoot in files; the error says in one line what to name. */
export function openShoot(request: ShootRequest): Result<OpenShoot, string> {
  const { files, problems } = readFiles(request);
  const [first] = problems;
  const found = openAmong(files, request);
  if (found.ok) return { ok: true, value: { ...found.value, problems } };
  // A file that cannot be read may be the one that holds the Shoot.
  return first === undefined ? found : { ok: false, error: `${first.file}: ${first.message}` };
}

/** Finds the Shoot among manifests that are read already. */
export function openAmong(files: readonly ManifestFile[], request: ShootRequest): Result<OpenShoot, string> {
  const all = files.flatMap(({ documents }) => documents.flatMap((it) => it.shoots));
  const found = chooseShoot(all, request);
  if (!found.ok) return found;
  const shoot = found.value;
  const secrets = files.flatMap(({ documents }) => documents.flatMap((it) => it.secrets));
  return { ok: true, value: { shoot, problems: [], loginOf: (reference) => findLogin(shoot, secrets, reference) } };
}

function readFiles({ names, recursive, against }: ShootRequest): {
  readonly files: readonly ManifestFile[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => {
    problems.push(problem);
  };
  const texts =
    against === undefined
      ? currentTexts(names, recursive, report)
      : previousTexts({ names, recursive }, against, report);
  return { files: [...texts].map(({ uri, text }) => readManifests(uri, text)), problems };
}

function* currentTexts(
  names: readonly string[],
  recursive: boolean,
  report: (problem: Problem) => void,
): Iterable<{ readonly uri: string; readonly text: string }> {
  const { sources, problems } = listSources(names, { recursive });
  for (const problem of problems) report(problem);
  const reader = createReader();
  for (const source of sources) {
    const reading = reader.read(source);
    if (reading.kind === "problem") report({ file: source.uri, message: reading.message });
    if (reading.kind === "text") yield { uri: source.uri, text: reading.text };
  }
}

function chooseShoot(
  all: readonly ShootView[],
  { names, against, shoot: wanted, namespace }: ShootRequest,
): Result<ShootView, string> {
  const inNamespace = all.filter((it) => namespace === undefined || (it.namespace?.value ?? namespace) === namespace);
  const found = inNamespace.filter((it) => wanted === undefined || it.name?.value === wanted);
  const [shoot, ...others] = found;
  const where = against ?? names.join(", ");
  if (shoot === undefined) {
    const which = wanted === undefined ? "no Shoot" : `no Shoot "${wanted}"`;
    const scope = namespace === undefined ? "" : ` of namespace "${namespace}"`;
    return { ok: false, error: `${where}: there is ${which}${scope}` };
  }
  if (others.length === 0) return { ok: true, value: shoot };
  const known = found.slice(0, 5).map((it) => it.name?.value ?? "one without a name");
  const rest = found.length > known.length ? ` and ${found.length - known.length} more` : "";
  const how = wanted === undefined ? "name one with --shoot" : "name its namespace with -n";
  return { ok: false, error: `${where}: there are ${found.length} Shoots, ${how}: ${known.join(", ")}${rest}` };
}

function findLogin(shoot: ShootView, secrets: readonly SecretView[], reference: string | undefined): Login {
  if (reference === undefined) return { kind: "none" };
  // Of two entries of one name the extension takes the first.
  const entry = shoot.resources.find((it) => it.name?.value === reference && it.kind?.value === "Secret");
  const secretName = entry?.target?.value;
  if (secretName === undefined)
    return { kind: "unknown", secretName, reason: `"${reference}" names no Secret in spec.resources` };
  const namespace = shoot.namespace?.value;
  const secret = secrets.find(
    (it) =>
      it.name === secretName && (it.namespace === undefined || namespace === undefined || it.namespace === namespace),
  );
  if (secret === undefined)
    return { kind: "unknown", secretName, reason: `Secret "${secretName}" is not in these files` };
  const [username, password] = ["username", "password"].map((key) => textOf(secret, key));
  if (username === undefined || password === undefined)
    return { kind: "unknown", secretName, reason: `the values of Secret "${secretName}" cannot be read here` };
  return { kind: "known", secretName, credentials: { username, password } };
}

function textOf({ entries }: SecretView, key: string): string | undefined {
  const bytes = entries.find((it) => it.key === key)?.bytes;
  return bytes && decodeUtf8(bytes).text;
}
