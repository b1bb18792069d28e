import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { secret, shoot } from "./manifests.ts";
import { cleanEnvironment, plugin, scratch } from "./plugin.ts";
import { repository, statusOf } from "./repository.ts";

// `script` of util-linux runs a program on a terminal of its own.
const script = {
  met: spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0,
  reason: "no `script` of util-linux",
  enable: "apt-get install bsdutils",
};

/** What a person types when the terminal shows a text. */
type Answer = readonly [shown: string, typed: string];

const user: Answer = ["Username for quay-v2: ", "robot\r"];
const password: Answer = ["which is not shown: ", "PLANTED\r"];
const yes: Answer = ["[y/N] ", "y\r"];

/** Runs the plugin on a terminal and answers its questions in their order. Gives all that was shown, the exit code last. */
function converse(cwd: string, args: string, answers: readonly Answer[]): Promise<string> {
  const command = `"${process.execPath}" "${plugin}" ${args}; echo "exit $?"; stty -a | grep -ow -e '-\\?echo'`;
  const child = spawn("script", ["-qec", command, "/dev/null"], { cwd, env: { ...cleanEnvironment(), TERM: "dumb" } });
  const left = [...answers];
  let shown = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    const [next] = left;
    if (next === undefined || !shown.endsWith(next[0])) return;
    left.shift();
    child.stdin.write(next[1]);
  });
  return new Promise((resolve) => child.on("close", () => resolve(shown.replaceAll("\r\n", "\n"))));
}

const files = { "quay-v1.yaml": secret(), "a.yaml": shoot() };
const steps = `Secret "quay-v1" in namespace garden-dev is replaced by "quay-v2"
  create  quay-v2.yaml  Secret "quay-v2" with username and password
  switch  a.yaml        Shoot "crazy-botany": quay.io
`;
const asked = "Username for quay-v2: robot\nPassword for robot, which is not shown: \n";
const confirmed = `${steps}\nWrite 2 files? [y/N] y\n\nWrote 2 files. Deploy these files and wait until every Shoot has reconciled.
Then \`kubectl registry-cache rotate finish -f . quay-v1\` removes "quay-v1"; revoke its credential after that.
`;
/** The terminal is as it was. */
const ending = (code: number): string => `exit ${code}\necho\n`;

describe.skipIf(lacks(script, "a rotation asks for the credential on a terminal"))("on a terminal", () => {
  test("asks for username and password, shows the plan, asks again, and writes", async () => {
    const cwd = scratch(files);
    expect(await converse(cwd, "rotate -f . quay-v1 --skip-probe", [user, password, yes])).toBe(
      asked + confirmed + ending(0),
    );
    const written = readFileSync(join(cwd, "quay-v2.yaml"), "utf8");
    expect(written.slice(written.indexOf("stringData"))).toBe(
      'stringData:\n  username: "robot"\n  password: "PLANTED"\n',
    );
  });

  test("asks once for writing and committing", async () => {
    const cwd = repository(files);
    const shown = await converse(cwd, "rotate -f . quay-v1 --skip-probe --commit", [user, password, yes]);
    expect(shown).toContain(
      "  commit  Rotate Secret quay-v1 to quay-v2\n\nWrite 2 files and commit? [y/N] y\n\nWrote 2 files. Committed as ",
    );
    expect(statusOf(cwd)).toEqual([]);
  });

  test("takes corrections, and hides them with the password", async () => {
    const cwd = scratch(files);
    const answers: readonly Answer[] = [
      [user[0], "robox\u007ft\r"],
      [password[0], "wrong\u0015PLANTEX\bD\u001b[A\r"],
      [yes[0], "yes\r"],
    ];
    const shown = await converse(cwd, "rotate -f . quay-v1 --skip-probe", answers);
    expect(shown.replace("robox\b \bt", "robot").replace("[y/N] yes", "[y/N] y")).toBe(asked + confirmed + ending(0));
    expect(readFileSync(join(cwd, "quay-v2.yaml"), "utf8")).toContain('password: "PLANTED"\n');
  });

  test("asks only for the password where the username is given, and for nothing with --yes", async () => {
    const shown = await converse(scratch(files), "rotate -f . quay-v1 --skip-probe --username robot --yes", [password]);
    expect(shown).toBe(
      asked.slice(asked.indexOf("Password")) + confirmed.replace("\nWrite 2 files? [y/N] y\n", "") + ending(0),
    );
  });

  test.each<readonly [string, readonly Answer[], string]>([
    [
      "no",
      [user, password, ["[y/N] ", "n\r"]],
      `${asked}${steps}\nWrite 2 files? [y/N] n\n\nNothing was written.\n${ending(1)}`,
    ],
    [
      "nothing",
      [user, password, ["[y/N] ", "\r"]],
      `${asked}${steps}\nWrite 2 files? [y/N] \n\nNothing was written.\n${ending(1)}`,
    ],
    ["Ctrl-C", [user, [password[0], "PLAN\u0003"]], `${asked}${ending(130)}`],
    [
      "no username",
      [[user[0], "\r"]],
      `Username for quay-v2: \nerror: no username was given, nothing was written\n${ending(2)}`,
    ],
    [
      "Ctrl-D",
      [[user[0], "\u0004"]],
      `Username for quay-v2: \nerror: no username was given, nothing was written\n${ending(2)}`,
    ],
    [
      "no password",
      [user, [password[0], "\r"]],
      `${asked}error: no password was given, nothing was written\n${ending(2)}`,
    ],
  ])("%s as the answer writes nothing, and the terminal is as it was", async (_, answers, expected) => {
    const cwd = scratch(files);
    expect(await converse(cwd, "rotate -f . quay-v1 --skip-probe", answers)).toBe(expected);
    expect(existsSync(join(cwd, "quay-v2.yaml"))).toBe(false);
  });

  test("the end of a rotation is asked for, too", async () => {
    const cwd = scratch({
      ...files,
      "quay-v2.yaml": secret().replace("quay-v1", "quay-v2").replace("stringData", "immutable: true\nstringData"),
      "a.yaml": shoot().replace("quay-v1", "quay-v2"),
    });
    const shown = await converse(cwd, "rotate finish -f . quay-v1", [["Write 1 file? [y/N] ", "y\r"]]);
    expect([
      shown.endsWith(`Wrote 1 file. Deploy this, then revoke the credential that was replaced.\n${ending(0)}`),
      existsSync(join(cwd, "quay-v1.yaml")),
    ]).toEqual([true, false]);
  });

  test("a password from a terminal is not taken for one from a pipe", async () => {
    const shown = await converse(
      scratch(files),
      "rotate -f . quay-v1 --skip-probe --username robot --password-stdin",
      [],
    );
    expect(shown).toBe(`error: --password-stdin reads from a pipe or a file, leave it out to be asked\n${ending(2)}`);
  });
});
