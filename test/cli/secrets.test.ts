import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shoot } from "./manifests.ts";
import { run, scratch } from "./plugin.ts";

/** Stands in every value of a Secret, and nowhere else. */
const planted = "PLANTED";
const encoded = Buffer.from(planted).toString("base64");
/** Also as part of other base64, where it may begin at each of three places. */
const encodings = ["", "x", "xx"].map((it) =>
  Buffer.from(it + planted)
    .toString("base64")
    .slice(it === "" ? 0 : 4, -4),
);

const head = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: quay-v1\n  namespace: garden-dev\n";
const values: readonly string[] = [
  `stringData:\n  username: ${planted} ${planted}\n  password: "${planted}\\n"\n`,
  `stringData:\n  username: ${planted}\n  password: |\n    ${planted}\n    ${planted}\n`,
  `stringData: { username: ${planted}, password: '${planted} ' }\n`,
  `data:\n  username: ${encoded}\n  password: ${Buffer.from(`${planted}\n`).toString("base64")}\n`,
  `data:\n  username: ${planted}!\n  password: ${planted}\n`,
  `data:\n  user: ${encoded}\n  pass: ${encoded}\n  other: ${encoded}\n`,
  `stringData:\n  username: _json_key\n  password: '{"type": "service_account", "private_key": "${planted}", "x": {}}'\n`,
  `stringData:\n  username: _json_key\n  password: |\n    {"type": "${planted}",\n     "private_key": "${planted}"\n`,
  `stringData:\n  username: robot\n  password: '{"auths": {"quay.io": {"auth": "${encoded}"}}}'\n`,
  `stringData:\n  .dockerconfigjson: '{"auths": {"quay.io": {"password": "${planted}"}}}'\n`,
  `stringData:\n  bundle.crt: |\n    -----BEGIN CERTIFICATE-----\n    ${planted}\n    -----END CERTIFICATE-----\n`,
  `stringData:\n  username: &u ${planted}\n  password: *u\n`,
  `stringData:\n  username: [${planted}]\n  password: { a: ${planted} }\n`,
  `stringData: ${planted}\n`,
  `password: ${planted}\nstringData:\n  username: robot\n`,
  `stringData:\n  username: robot\n  password: ${planted}\n  password: ${planted}\n`,
  `stringData:\n  username: robot\n  password: "${planted}\n`,
  `stringData:\n  username: robot\n password: ${planted}\n\t- ${planted}\n`,
  `stringData:\n  username: {{ ${planted} }}\n  password: ${planted}\n`,
  `stringData:\n  username: robot\n  password: \u{1f98a}${planted}\u0007\n`,
  `sops: { mac: x }\nstringData:\n  username: ENC[x]\n  password: ${planted}\n`,
  `data:\n  username: cm9ib3Q=\n  password: ${Buffer.from(Buffer.from(planted).toString("base64")).toString("base64")}\n`,
];
const others: readonly string[] = [
  "# nothing else\n",
  `# the password was ${planted}\n`,
  "immutable: false\n",
  `immutable: ${planted.toLowerCase()}\ntype: Opaque\n`,
];

const commands: readonly (readonly string[])[] = [
  ["lint", "-R", "-f", "."],
  ["lint", "-R", "-f", ".", "-q"],
  ["lint", "-R", "-f", ".", "-o", "json"],
  ...["sarif", "github", "gitlab", "junit"].map((it) => ["lint", "-R", "-f", ".", "-o", it]),
  ["lint", "-R", "-f", ".", "--diff"],
  ["lint", "-R", "-f", ".", "--color"],
  ["lint", "-R", "-f", ".", "--against", "before"],
  ["lint", "-R", "-f", ".", "--against", "git:HEAD"],
  ["lint", "-R", "-f", ".", "--fix", "--diff"],
  ...["text", "json"].map((it) => ["inspect", "quay-v1", "-R", "-f", ".", "-o", it]),
  ...["text", "json", "ics"].map((it) => ["expiring", "-R", "-f", ".", "-o", it]),
];

function expectNothingShown(output: string, command: readonly string[]): void {
  for (const secret of [planted, ...encodings]) {
    expect([command, output.includes(secret) ? output : "nothing"]).toEqual([command, "nothing"]);
  }
}

test("no value of any Secret is in any output of any command", { timeout: 120_000 }, () => {
  const manifests = values.flatMap((value, at) =>
    others.map((other, index) => [`s${at}-${index}.yaml`, head + other + value]),
  );
  const json = `{"kind":"Secret","metadata":{"name":"quay-v1"},"stringData":{"username":"${planted} x","password":"${planted}\\n"}}`;
  const list = `kind: List\nitems:\n- kind: Secret\n  metadata: { name: quay-v1 }\n  stringData: { username: " ${planted}", password: ${planted} }\n`;
  const generator = `kind: Kustomization\nsecretGenerator:\n- name: quay-v1\n  literals: [username=${planted}, password=${planted}]\n`;
  const files = {
    ...Object.fromEntries(manifests),
    "j.json": json,
    "l.yaml": list,
    "k.yaml": generator,
    "shoot.yaml": shoot(),
    ".registry-cache.yaml": "policies: { secretNames: 'ro-{name}-v{n}' }\n",
  };
  const cwd = scratch({ ...files, "before/shoot.yaml": shoot({ size: "10Gi" }) });
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd, stdio: "pipe" });
  };
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "t");
  for (const command of commands) {
    const { stdout, stderr } = run(command, { cwd, env: { DEBUG: "" } });
    expect(stdout.length).toBeGreaterThan(0);
    expectNothingShown(stdout + stderr, command);
  }
});

test("no value is shown of Secrets that are cut, mixed or bent in any way", { timeout: 120_000 }, () => {
  const cut = fc.record({
    value: fc.constantFrom(...values),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    junk: fc.constantFrom("", "[", '"', "\t", ": ", "\n  - ", "{", "#", "|", "\0"),
  });
  const manifest = cut.map(({ value, at, junk }) => {
    const text = head + value;
    const place = head.length + Math.floor(at * value.length);
    return text.slice(0, place) + junk + text.slice(place);
  });
  fc.assert(
    fc.property(fc.array(manifest, { minLength: 40, maxLength: 40 }), (texts) => {
      const cwd = scratch({
        ...Object.fromEntries(texts.map((it, index) => [`${index}.yaml`, it])),
        "shoot.yaml": shoot(),
      });
      // Junk may cut the planted word itself: then only its whole rest counts.
      for (const command of [
        ["lint", "-f", "."],
        ["lint", "-f", ".", "-o", "json"],
        ["lint", "-f", ".", "-o", "sarif"],
        ["lint", "-f", ".", "-o", "junit"],
        ["lint", "-f", ".", "--fix", "--diff"],
        ["inspect", "quay-v1", "-f", "."],
      ]) {
        const { stdout, stderr } = run(command, { cwd });
        expectNothingShown(stdout + stderr, command);
      }
    }),
    { numRuns: 6 },
  );
});

test("json leaves out the edits that would show a value, and keeps the others", () => {
  const text = `${head}stringData:\n  user: robot-${planted}\n  password: "${planted}\\n"\n`;
  const cwd = scratch({ "s.yaml": text, "shoot.yaml": shoot() });
  const { findings } = JSON.parse(run(["lint", "-f", ".", "-o", "json"], { cwd }).stdout);
  const fixes = findings.flatMap(({ code, fixes: of }: { code: string; fixes: readonly object[] }) =>
    of.map((it) => ({ code, ...it })),
  );
  const shown = fixes.map(
    ({ code, edits, redacted }: { code: string; edits: readonly { newText: string }[]; redacted?: true }) => {
      return [code, redacted === true, ...edits.map((it) => it.newText)];
    },
  );
  expect(shown).toEqual([
    ["RC208", false, "\nimmutable: true"],
    ["RC209", false, "username"],
    ["RC213", true],
  ]);
});

test("a diff shows that a secret line changes and not to what, and the file has the new value", () => {
  const cwd = scratch({
    "s.yaml": `${head}immutable: true\nstringData:\n  username: robot\n  password: "invented\\n"\n`,
    "shoot.yaml": shoot(),
  });
  const { stdout } = run(["lint", "-f", ".", "--diff", "--fix"], { cwd });
  expect(stdout).toContain("-  password: <redacted>\n+  password: <redacted>\n");
  expect(readFileSync(join(cwd, "s.yaml"), "utf8")).toContain('password: "invented"\n');
  writeFileSync(join(cwd, "s.yaml"), "");
});
