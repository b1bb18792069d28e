// Brings the real programs of one suite and runs it: `test-suite.mjs cluster`.
import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { fromRoot } from "./setup.mjs";

const [folder] = process.argv.slice(2);
const env = { ...process.env, PATH: [fromRoot("node_modules/.bin"), process.env.PATH].join(delimiter) };

const commands = [
  ["node", "--conditions=source", "test/prepare.ts", folder],
  ["vitest", "run", `test/${folder}/`],
];
for (const [program, ...args] of commands) {
  const { status } = spawnSync(program, args, { cwd: fromRoot("."), env, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
