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
      await bench(size, { folder, rounds: small ? 1 : 3, edits: small ? 6 : 60 });
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

interface Round {
  readonly ours: EditorFigures;
  readonly theirs: EditorFigures;
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
  // A cache of its own: other builds of the same user would push this one's code out of it.
  const env = { XDG_CACHE_HOME: folder };
  const ours: EditorRun = { argv: [plugin, "lsp"], text, edits, settings: {}, env };
  const theirs: EditorRun = { argv: [peer, "--stdio"], text, edits, settings: { yaml: settings }, env };
  // Once before, so that the code cache is filled as it is for a user.
  await measureEditor({ ...ours, edits: 1, stay: 3000 });
  const runs: Round[] = [];
  // In turn, so that a machine that slows down slows both.
  while (runs.length < rounds) {
    runs.push({ ours: await measureEditor(ours), theirs: await measureEditor(theirs) });
  }
  print(
    `an editor with ${name}, ${edits} edits, ${rounds} rounds in turn, beside yaml-language-server; ratios: median, best`,
    [
      row(runs, ["start to first diagnostics", "ms", "goal 1/5"], (it) => it.start),
      row(runs, ["keystroke to diagnostics, p50", "ms"], (it) => quantile(it.keystrokes, 0.5)),
      row(runs, ["keystroke to diagnostics, p95", "ms", goals.keystroke], (it) => quantile(it.keystrokes, 0.95)),
      row(runs, ["completion, p50", "ms"], (it) => quantile(it.completions, 0.5)),
      row(runs, ["completion, p95", "ms", goals.completion], (it) => quantile(it.completions, 0.95)),
      row(runs, ["peak RSS", "MiB", "goal 0.6"], (it) => it.rss),
    ],
  );
}

type Title = readonly [what: string, unit: string, goal?: string];

/** Each round has a ratio of its own: what slows a whole round shows in neither the median nor the best of them. */
function row(runs: readonly Round[], [what, unit, goal = ""]: Title, of: (it: EditorFigures) => number): string {
  const figures = [median(runs.map((it) => of(it.ours))), median(runs.map((it) => of(it.theirs)))];
  const ratios = runs.map((it) => of(it.ours) / of(it.theirs));
  const shown = figures.map((it) => it.toFixed(2).padStart(8)).join(" ");
  const best = share(Math.min(...ratios));
  return `${what.padEnd(30)} ${shown} ${unit.padEnd(3)}  ${share(median(ratios)).padStart(7)} ${best.padStart(7)}  ${goal}`;
}

function share(ratio: number): string {
  return ratio < 0.5 ? `1/${(1 / ratio).toFixed(1)}` : ratio.toFixed(2);
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
