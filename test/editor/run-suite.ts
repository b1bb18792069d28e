import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HostVersion } from "./host/install-host.ts";

/** A test of the suite, as it ended in the extension host. */
export interface SuiteResult {
  readonly title: string;
  /** What went wrong, or an empty text. */
  readonly error: string;
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Runs the suite by VS Code's own test runner in one of the hosts. A suite that did not end gives an error. */
export async function runSuite(version: HostVersion): Promise<readonly SuiteResult[]> {
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-suite-"));
  const report = join(scratch, "report.json");
  const child = spawn(path("../node_modules/.bin/vscode-test"), ["--config", path("suite.config.mjs")], {
    env: {
      ...process.env,
      PATH: [path("../../node_modules/.bin"), process.env["PATH"]].join(delimiter),
      VSCODE_EXECUTABLE: path("host/code-shim.ts"),
      VSCODE_HOST: version,
      SUITE_REPORT: report,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  await once(child, "close");
  try {
    return readReport(readFileSync(report, "utf8"));
  } catch (error) {
    throw new Error(`the suite did not end by itself:\n${output}`, { cause: error });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

interface Report {
  readonly tests: readonly { readonly fullTitle: string; readonly err: { readonly stack?: string } }[];
}

function readReport(text: string): readonly SuiteResult[] {
  const { tests }: Report = JSON.parse(text);
  return tests.map(({ fullTitle, err }) => ({ title: fullTitle, error: err.stack ?? "" }));
}
