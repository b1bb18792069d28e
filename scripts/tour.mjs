// What `npm start` shows: the linter on examples/garden, then its repairs in a copy that is thrown away.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { styleText } from "node:util";
import { fromRoot } from "./setup.mjs";

const plugin = fromRoot("plugin/dist/kubectl-registry_cache.js");

function say(text) {
  process.stdout.write(`\n${text}\n`);
}

function step(title, args, cwd) {
  say(styleText("bold", title));
  process.stdout.write(`${styleText("dim", `$ kubectl registry-cache ${args.join(" ")}`)}\n\n`);
  const { status, error } = spawnSync(process.execPath, [plugin, ...args], { cwd, stdio: "inherit" });
  // 1 means that there are findings, which is what the tour is about.
  if (error || (status !== 0 && status !== 1)) throw error ?? new Error(`the tour stopped: exit code ${status}`);
}

say(
  `A cache for a private registry finds its credentials through a chain, and most of its breaks are silent:

    caches[].secretReferenceName  ->  spec.resources[].name  ->  Secret with username and password`,
);

step("1. The documented examples: the chain is whole", ["lint", "-f", "documented"], fromRoot("examples/garden"));
step(
  "2. One mistake in each file, as they are made in practice",
  ["lint", "-f", "broken"],
  fromRoot("examples/garden"),
);

const copy = mkdtempSync(join(tmpdir(), "registry-cache-tour-"));
try {
  cpSync(fromRoot("examples/garden"), copy, { recursive: true });
  const title = "3. What is certain is repaired, here in a copy; what is left is for a person to decide";
  step(title, ["lint", "-f", "broken", "--fix", "--diff"], copy);
} finally {
  rmSync(copy, { recursive: true, force: true });
}

say(
  `Try your own: ${styleText("bold", "npm start -- lint -R -f DIRECTORY")}, and ${styleText("bold", "npm start -- --help")} for the rest.`,
);
