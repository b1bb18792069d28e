import { runSealer } from "./run-sealer.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** A program that turns the manifest of a Secret into one that may be committed. */
export type Sealer = "kubeseal" | "sops";

/** What is sealed, and for whom. */
export interface Sealing {
  readonly sealer: Sealer;
  /** The manifest of a Secret, in YAML. It goes to the program's standard input, and nowhere else. */
  readonly manifest: string;
  /** Where the result will lie: sops finds its rules and keys by it. */
  readonly path: string;
  /** The values that no message may repeat. */
  readonly hidden: readonly string[];
  /** A file or an address with the certificate of the controller; without one, kubeseal asks the cluster for it. */
  readonly certificate?: string | undefined;
  /** The cluster that kubeseal asks. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** The controller that kubeseal asks for its certificate, where that is not the usual one. */
  readonly controller?: { readonly name: string | undefined; readonly namespace: string | undefined } | undefined;
  /** The folder in and above which sops looks for its rules; by default the one we run in. */
  readonly directory?: string | undefined;
  /** Options of sops for whom to encrypt, in place of rules. */
  readonly recipients?: readonly string[] | undefined;
  /** Options of sops for what to encrypt, in place of ours. */
  readonly selection?: readonly string[] | undefined;
  /** What to do where kubeseal cannot ask the cluster, in the words of whoever asks. */
  readonly withoutCluster?: string | undefined;
  /** Ends the program early. */
  readonly signal?: AbortSignal | undefined;
}

/** The sealed manifest, or in one line why there is none. */
export type SealResult = { readonly text: string } | { readonly message: string };

/** Seals a manifest by the program that is on the PATH. */
export async function seal(sealing: Sealing): Promise<SealResult> {
  const { sealer, hidden, certificate, withoutCluster = "with --seal-cert FILE no cluster is asked" } = sealing;
  if (sealer === "sops" && !(await readsStandardInput()))
    return { message: "this sops cannot read from standard input, install version 3.10 or newer" };
  const ran = await runSealer(sealer, argumentsOf(sealing), sealing);
  // The rules of a .sops.yaml may say themselves what is encrypted, and sops takes only one such rule.
  const again = sealer === "sops" && "errors" in ran && ran.errors.includes("cannot use more than one of");
  const result = again ? await runSealer(sealer, argumentsOf({ ...sealing, selection: [] }), sealing) : ran;
  if ("text" in result || "message" in result) return result;
  const { status, errors } = result;
  const why = withoutSecrets(lastWords(errors), hidden);
  const hint = sealer === "kubeseal" && certificate === undefined ? `; ${withoutCluster}` : "";
  return { message: `${sealer} failed with exit code ${status}${why === "" ? "" : `: ${why}`}${hint}` };
}

/** Asked first, since an older sops would take the word `encrypt` for a file and open an editor on it. */
async function readsStandardInput(): Promise<boolean> {
  const help = await runSealer("sops", ["help", "encrypt"], { manifest: "" });
  return "message" in help || ("text" in help && help.text.includes("stdin"));
}

/** Names and kinds stay readable, as the checks of manifests need them. */
const values: readonly string[] = ["--encrypted-regex", "^(data|stringData)$"];

function argumentsOf(sealing: Sealing): readonly string[] {
  const { sealer, path, recipients = [], selection = values } = sealing;
  if (sealer === "kubeseal") return ["--format=yaml", ...clusterArguments(sealing)];
  const type = path.endsWith(".json") ? "json" : "yaml";
  const types = [`--input-type=${type}`, `--output-type=${type}`];
  return ["encrypt", ...types, ...recipients, ...selection, `--filename-override=${path}`];
}

function clusterArguments({ certificate, kubeconfig, context, controller }: Sealing): readonly string[] {
  const flags = {
    cert: certificate,
    kubeconfig,
    context,
    "controller-name": controller?.name,
    "controller-namespace": controller?.namespace,
  };
  return Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
}

/** What a program says at last is why it ends; what it draws around that is left out. */
function lastWords(errors: string): string {
  const lines = errors.split("\n").flatMap((it) => it.replace(/^[\s|-]*(error: )?/i, "").trim() || []);
  return lines.at(-1) ?? "";
}
