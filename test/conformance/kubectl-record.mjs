// Records what a real kubectl makes of YAML. By hand: node test/conformance/kubectl-record.mjs KUBECTL_PATH
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documents } from "./kubectl-document-texts.mjs";
import { keys, scalars } from "./kubectl-scalar-spellings.mjs";
import { values } from "./kubectl-value-texts.mjs";

const kubectl = process.argv[2];
if (!kubectl) throw new Error("usage: node test/conformance/kubectl-record.mjs KUBECTL_PATH");

// A kind that no scheme knows is decoded without types, so the answer is what YAML alone says.
const head = "apiVersion: example.com/v1\nkind: Recorded\nmetadata:\n  name: x\n";
const temp = mkdtempSync(join(tmpdir(), "kubectl-record-"));
const file = join(temp, "case.yaml");

const scalarCases = Object.fromEntries(
  Object.entries(scalars).map(([style, texts]) => [
    style,
    texts.map((text) => ({ text, ...specOf(`  v: ${text}\n`, valueOfV) })),
  ]),
);
const keyCases = keys.map((text) => ({ text, ...specOf(`  ${text}: 1\n`, (spec) => spec.replace(/^\{|:1\}$/g, "")) }));
const structureCases = [...values, ...documents].map(({ name, spec, document, base64, parts }) => {
  const text =
    spec === undefined
      ? (document ?? parts?.map(([part, times]) => part.repeat(times)).join(""))
      : `${head}spec:\n${spec}`;
  const input = base64 === undefined ? { text } : { base64 };
  const answer = run(base64 === undefined ? Buffer.from(text) : Buffer.from(base64, "base64"));
  return { name, ...(parts ? { parts } : input), ...answer };
});

const cases = join(import.meta.dirname, "cases");
const version = JSON.parse(spawnSync(kubectl, ["version", "--client", "-o", "json"]).stdout).clientVersion.gitVersion;
mkdirSync(cases, { recursive: true });
write("kubectl-scalars.json", { kubectl: version, ...scalarCases, keys: keyCases });
write("kubectl-structures.json", { kubectl: version, structures: structureCases });
rmSync(temp, { recursive: true });

function specOf(lines, pick) {
  const { documents, error } = run(Buffer.from(`${head}spec:\n${lines}`));
  return error === undefined ? { json: pick(documents[0].match(/,"spec":(.*)\}$/s)[1]) } : { error };
}

function valueOfV(spec) {
  return spec.replace(/^\{"v":|\}$/g, "");
}

function run(bytes) {
  writeFileSync(file, bytes);
  const { status, stdout, stderr } = spawnSync(
    kubectl,
    ["label", "--local", "-f", file, "recorded=yes", "-o", "json"],
    {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      env: { KUBECONFIG: "/dev/null", HOME: temp },
    },
  );
  const documents = split(compact(stdout)).map(withoutLabel);
  if (status === 0 && stdout.length > 20_000) return { accepted: true };
  if (status === 0) return { documents };
  const error = stderr
    .trim()
    .replaceAll(file, "FILE")
    .replace(/^error: (error parsing FILE: )?/, "")
    .replace(/0x[0-9a-f]{6,}/g, "0x…");
  return documents.length ? { documents, error } : { error };
}

function withoutLabel(json) {
  return json
    .replace('"recorded":"yes",', "")
    .replace(',"recorded":"yes"', "")
    .replace(/"labels":\{"recorded":"yes"\},?/, "")
    .replaceAll('{"metadata":{}', "{");
}

// The numbers must stay as kubectl wrote them, so blanks are dropped without parsing.
function compact(json) {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string) => string ?? "");
}

function split(json) {
  const documents = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === "{" || token === "[") depth++;
    if (token !== "}" && token !== "]") continue;
    if (--depth > 0) continue;
    documents.push(json.slice(start, index + 1));
    start = index + 1;
  }
  return documents;
}

function write(name, value) {
  writeFileSync(join(cases, name), `${JSON.stringify(value, null, 2)}\n`);
}
