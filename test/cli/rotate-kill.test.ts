import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { secret, shoot } from "./manifests.ts";
import { type Run, run } from "./plugin.ts";
import { commitOf, git, repository, statusOf } from "./repository.ts";

const old = secret().replace("type: Opaque", "type: Opaque\nimmutable: true");
const files = {
  "secrets/quay-v1.yaml": old,
  "shoots/a.yaml": shoot({ name: "a" }),
  "shoots/b.yaml": shoot({ name: "b" }),
  "kustomization.yaml": "resources:\n- secrets/quay-v1.yaml\n- shoots/a.yaml\n",
};

/** Kills the program before it changes the files for the nth time: by a new name, a removal, or git. */
const killer = (count: number): string => `
const left = { calls: ${count} };
const changes = (args) => typeof args[0] === "string" && (args[0] !== "git" || ["add", "commit"].some((it) => args[1].includes(it)));
for (const [module, names] of [["fs", ["linkSync", "renameSync", "unlinkSync"]], ["child_process", ["spawnSync"]]]) {
  const target = require(module);
  for (const name of names) {
    const original = target[name];
    target[name] = (...args) => {
      if (changes(args)) left.calls -= 1;
      if (left.calls === 0) process.kill(process.pid, "SIGKILL");
      return original(...args);
    };
  }
}
require("module").syncBuiltinESMExports();
`;

const verbs = {
  rotate: [
    "rotate",
    "-f",
    ".",
    "quay-v1",
    "--skip-probe",
    "--username",
    "robot",
    "--password-stdin",
    "--yes",
    "--commit",
  ],
  finish: ["rotate", "finish", "-f", ".", "quay-v1", "--yes", "--commit"],
  rollback: ["rotate", "rollback", "-f", ".", "quay-v1", "--yes", "--commit"],
} as const;

function runVerb(cwd: string, verb: keyof typeof verbs, before?: string): Run {
  return run(verbs[verb], { cwd, input: "PLANTED", ...(before === undefined ? {} : { before }) });
}

function start(verb: keyof typeof verbs): string {
  const cwd = repository(files);
  if (verb !== "rotate") runVerb(cwd, "rotate");
  return cwd;
}

function stateOf(cwd: string): object {
  const paths = readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((it) => !it.startsWith(".git"));
  const texts = paths
    .sort()
    .flatMap((it) => (statSync(join(cwd, it)).isFile() ? [[it, readFileSync(join(cwd, it), "utf8")]] : []));
  return { texts, status: statusOf(cwd), commits: git(cwd, "log", "--format=%s").split("\n"), last: commitOf(cwd) };
}

test.each(["rotate", "finish", "rollback"] as const)(
  "%s that is killed at any change is finished by the same command, with the same files and commits",
  (verb) => {
    const whole = start(verb);
    expect(runVerb(whole, verb).code).toBe(0);
    let kills = 0;
    for (let count = 1; ; count += 1) {
      const cwd = start(verb);
      const killed = runVerb(cwd, verb, killer(count));
      if (killed.code === 0) break;
      expect(killed.code).toBe("SIGKILL");
      kills += 1;
      expect(runVerb(cwd, verb)).toMatchObject({ code: 0, stderr: "" });
      expect(stateOf(cwd)).toEqual(stateOf(whole));
    }
    expect(kills).toBeGreaterThan(2);
  },
  120_000,
);

test("a rotation that is killed at any change can be taken back", () => {
  for (let count = 1; ; count += 1) {
    const cwd = repository(files);
    const killed = runVerb(cwd, "rotate", killer(count));
    if (killed.code === 0) break;
    expect(runVerb(cwd, "rollback").code).toBe(0);
    const { texts, status } = { status: undefined, texts: undefined, ...stateOf(cwd) };
    expect([texts, status]).toEqual([Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)), []]);
  }
}, 120_000);
