import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type EditorFigures, type EditorRun, measureEditor } from "./editor-run.ts";
import { shootJsonSchema } from "./json-schema.ts";
import { shootText } from "./make-shoots.ts";

const plugin = fileURLToPath(new URL("../../plugin/dist/kubectl-registry_cache.js", import.meta.url));
const peer = createRequire(import.meta.url).resolve("yaml-language-server/bin/yaml-language-server");

/** What a document of the benchmark is, and the ratios that we are out for. */
interface Size {
  readonly name: string;
  readonly text: string;
  readonly goals: Goals;
}

interface Goals {
  readonly keystroke: string;
  readonly completion: string;
}

/** The server of this repository beside yaml-language-server with our schema, as an editor sees them: over stdio. */
export async function benchEditor(small: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "registry-cache-bench-editor-"));
  try {
    for (const size of small ? sizes().slice(0, 1) : sizes()) {
      await bench(size, { folder, rounds: small ? 1 : 3, edits: small ? 6 : 40 });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sizes(): readonly Size[] {
  const goals = { keystroke: "goal 1/200", completion: "goal 1/100" };
  const many = Array.from({ length: 100 }, (_, index) => shootText(index)).join("---\n");
  return [
    { name: "1 Shoot, 120 lines", text: shootText(0), goals: { keystroke: "goal 1/30", completion: "goal 1/5" } },
    { name: "100 Shoots, 12,000 lines", text: many, goals },
    { name: "1 Shoot, 12,000 lines", text: oneLongShoot(), goals: { keystroke: "no goal", completion: "no goal" } },
  ];
}

/** A Shoot with hundreds of worker pools, which nobody has. */
function oneLongShoot(): string {
  const [head = "", rest = ""] = shootText(0).split("    workers:\n");
  const end = rest.indexOf("  kubernetes:");
  const pools = Array.from({ length: 225 }, (_, index) => rest.slice(0, end).replaceAll("pool-", `p${index}-`));
  return `${head}    workers:\n${pools.join("")}${rest.slice(end)}`;
}

interface Plan {
  readonly folder: string;
  readonly rounds: number;
  readonly edits: number;
}

async function bench({ name, text, goals }: Size, { folder, rounds, edits }: Plan): Promise<void> {
  const schema = join(folder, "schema.json");
  writeFileSync(schema, JSON.stringify(shootJsonSchema()));
  const settings = {
    validate: true,
    hover: true,
    completion: true,
    schemas: { [pathToFileURL(schema).href]: "*.yaml" },
  };
  const ours: EditorRun = { argv: [plugin, "lsp"], text, edits, settings: {} };
  const theirs: EditorRun = { argv: [peer, "--stdio"], text, edits, settings: { yaml: settings } };
  const runs: { readonly ours: EditorFigures[]; readonly theirs: EditorFigures[] } = { ours: [], theirs: [] };
  // Once before, so that the code cache is filled as it is for a user.
  await measureEditor({ ...ours, edits: 1, stay: 3000 });
  for (let round = 0; round < rounds; round += 1) {
    runs.ours.push(await measureEditor(ours));
    runs.theirs.push(await measureEditor(theirs));
  }
  print(`an editor with ${name}, ${edits} edits, ${rounds} rounds in turn, medians, beside yaml-language-server`, [
    row("start to first diagnostics", "ms", "goal 1/5", (it) => it.start),
    row("keystroke to diagnostics, p50", "ms", "", (it) => quantile(it.keystrokes, 0.5)),
    row("keystroke to diagnostics, p95", "ms", goals.keystroke, (it) => quantile(it.keystrokes, 0.95)),
    row("completion, p50", "ms", "", (it) => quantile(it.completions, 0.5)),
    row("completion, p95", "ms", goals.completion, (it) => quantile(it.completions, 0.95)),
    row("peak RSS", "MiB", "goal 0.6", (it) => it.rss),
  ]);

  function row(what: string, unit: string, goal: string, of: (it: EditorFigures) => number): string {
    const [our, their] = [runs.ours, runs.theirs].map((it) => median(it.map(of)));
    const ratio = (our ?? Number.NaN) / (their ?? Number.NaN);
    const share = ratio < 0.5 ? `1/${(1 / ratio).toFixed(1)}` : ratio.toFixed(2);
    const figures = [our, their].map((it) => (it ?? Number.NaN).toFixed(2).padStart(8)).join(" ");
    return `${what.padEnd(30)} ${figures} ${unit.padEnd(3)}  ${share.padStart(7)} ${goal}`;
  }
}

function print(title: string, rows: readonly string[]): void {
  console.log(`\n${title}\n${rows.map((it) => `  ${it.trimEnd()}`).join("\n")}`);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
