import { shootWith, showSpans } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { inspect } from "../analyze/inspect.ts";
import { openWorkspace, type Workspace } from "../analyze/open-workspace.ts";
import { readManifests } from "../manifest/manifest.ts";
import type { ShootChain } from "../workspace/chain.ts";
import type { Place } from "../workspace/finding.ts";
import type { Facts } from "../workspace/workspace.ts";
import { chains } from "./chains.ts";
import { codeLenses } from "./code-lenses.ts";
import { documentLinks } from "./document-links.ts";
import { workspaceSymbols } from "./workspace-symbols.ts";

type Files = { readonly [uri: string]: string };

function open(files: Files, facts?: Facts): Workspace {
  return openWorkspace(
    Object.entries(files).map(([uri, text]) => inspect(readManifests(uri, text))),
    facts,
  );
}

function shoot(name: string, caches: string, resources?: string, mirrors?: string): string {
  const lists = { caches: `caches:\n${caches}`, ...(resources === undefined ? {} : { resources }) };
  const all = mirrors === undefined ? lists : { ...lists, mirrors: `mirrors:\n${mirrors}` };
  return shootWith(all).replace("crazy-botany", `${name}, namespace: garden-dev`);
}

const quay = "- { upstream: quay.io, secretReferenceName: quay }";
const entry = "- { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v1 } }";
const bundle = "- { name: ca, resourceRef: { apiVersion: v1, kind: Secret, name: team-ca } }";
const mirror = "- { upstream: docker.io, hosts: [{ host: 'https://m.io', caBundleSecretReferenceName: ca }] }";
const secret = `apiVersion: v1
kind: Secret
metadata: { name: ro-quay-v1, namespace: garden-dev }
immutable: true
stringData: { username: reader, password: example }
`;

describe("a line above a name says who uses it", () => {
  function lenses(uri: string, files: Files): readonly string[] {
    const show = ({ uri: of, span }: Place): readonly string[] =>
      showSpans(files[of] ?? "", [span]).map((it) => `  ${of}: ${it}`);
    return codeLenses(readManifests(uri, files[uri] ?? ""), open(files)).flatMap(({ span, title, places }) => [
      `${(files[uri] ?? "").slice(span.start, span.end)}: ${title}`,
      ...places.flatMap(show),
    ]);
  }

  test("above a Secret", () => {
    const files = {
      a: shoot("a", `${quay}\n- { upstream: x.io, secretReferenceName: quay }`, entry),
      b: shoot("b", quay, entry),
      s: secret,
    };
    expect(lenses("s", files)).toEqual([
      "ro-quay-v1: used by 3 caches in 2 Shoots",
      "  a: - { upstream: quay.io, secretReferenceName: ⟦quay⟧ }",
      "  a: - { upstream: x.io, secretReferenceName: ⟦quay⟧ }",
      "  b: - { upstream: quay.io, secretReferenceName: ⟦quay⟧ }",
    ]);
  });

  test("above a Secret that nobody uses, if it could be for a cache at all", () => {
    const other = "---\nkind: Secret\nmetadata: { name: other }\ndata: { host: YQ== }\n";
    expect(lenses("s", { s: secret + other })).toEqual(["ro-quay-v1: unused"]);
  });

  test("above the entries of a Shoot", () => {
    const unused = "- { name: old, resourceRef: { apiVersion: v1, kind: Secret, name: x } }";
    const both = mirror.replace("Name: ca", "Name: quay");
    const falco = "- { name: falco-out, resourceRef: { apiVersion: v1, kind: Secret, name: y } }";
    const a = shoot("a", quay, `${entry}\n${unused}\n${falco}\n${bundle}`, `${both}\n${mirror.replace("docker", "x")}`);
    const text = a.replace("  resources:", "  - { type: falco, providerConfig: { out: the falco-out } }\n  resources:");
    expect(lenses("a", { a: text })).toEqual([
      "quay: used by 1 cache and 1 mirror",
      "  a: - { upstream: quay.io, secretReferenceName: ⟦quay⟧ }",
      "  a: - { upstream: docker.io, hosts: [{ host: 'https://m.io', caBundleSecretReferenceName: ⟦quay⟧ }] }",
      "old: unused",
      "ca: used by 1 mirror",
      "  a: - { upstream: x.io, hosts: [{ host: 'https://m.io', caBundleSecretReferenceName: ⟦ca⟧ }] }",
    ]);
  });
});

describe("links", () => {
  test("lead to registries and to the files of Secrets", () => {
    const caches = `- { upstream: quay.io, remoteURL: "https://quay.io" }\n${quay.replace("quay.io", "x.io")}\n- { remoteURL: quay.io }\n- { remoteURL: 'https://user:pass@h.io' }`;
    const files = { a: shoot("a", caches, `${entry}\n${bundle}`, mirror), "file:///s.yaml": secret };
    const found = documentLinks(readManifests("a", files.a), open(files));
    expect(found.map(({ span, target }) => `${showSpans(files.a, [span])} -> ${target}`)).toEqual([
      '- { upstream: quay.io, remoteURL: "⟦https://quay.io⟧" } -> https://quay.io',
      "- { upstream: docker.io, hosts: [{ host: '⟦https://m.io⟧', caBundleSecretReferenceName: ca }] } -> https://m.io",
      "- { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ⟦ro-quay-v1⟧ } } -> file:///s.yaml",
    ]);
  });

  test("lead nowhere from a Secret that stands in the same file", () => {
    const text = `${shoot("a", quay, entry)}---\n${secret}`;
    expect(documentLinks(readManifests("a", text), open({ a: text }))).toEqual([]);
  });
});

describe("symbols of the workspace", () => {
  const files = { a: shoot("botany", `${quay}\n- {}`, entry, mirror), s: secret };
  const letters = "kind: Secret\nmetadata: { name: q.u.a.y }\n";
  const find = (query: string): readonly string[] =>
    workspaceSymbols(open({ l: letters, ...files }), query).map(
      ({ kind, name, container, uri }) => `${uri}: ${kind} ${name} in ${container}`,
    );

  test("are all for an empty query", () => {
    expect(find("")).toEqual([
      "l: secret q.u.a.y in undefined",
      "a: shoot botany in garden-dev",
      "a: cache quay.io in botany",
      "a: mirror docker.io in botany",
      "a: resource quay in botany",
      "s: secret ro-quay-v1 in garden-dev",
    ]);
  });

  test("are those with the letters of the query in their order, the most alike first", () => {
    expect(find("QUAY")).toEqual([
      "a: cache quay.io in botany",
      "a: resource quay in botany",
      "s: secret ro-quay-v1 in garden-dev",
      "l: secret q.u.a.y in undefined",
    ]);
    expect(find("rqv")).toEqual(["s: secret ro-quay-v1 in garden-dev"]);
    expect(find("zzz")).toEqual([]);
  });

  test("are 500 at most", () => {
    const many = Object.fromEntries(
      Array.from({ length: 501 }, (_, index) => [`${index}`, shoot(`s${index}`, "- {}")]),
    );
    expect(workspaceSymbols(open(many), "s").at(-1)?.name).toBe("s499");
  });
});

describe("the chains of a workspace", () => {
  /** Each link with its health and note, and the codes found on it. */
  function show(all: readonly ShootChain[]): readonly string[] {
    return all.flatMap((it) => [
      [it.health, it.label, "in", it.namespace, ...it.findings.map((of) => of.code)].join(" "),
      ...it.uses.flatMap((use) => [
        `  ${use.kind}`,
        ...[
          use,
          ...(use.reference ? [use.reference, ...(use.reference.secret ? [use.reference.secret] : [])] : []),
        ].map(
          ({ health, label, note, place, findings }) =>
            `    ${[health, label, note && `(${note})`, place && `in ${place.uri}`, ...findings.map((of) => of.code)].filter((of) => of).join(" ")}`,
        ),
      ]),
    ]);
  }

  test("go from each cache and mirror through its entry to its Secret", () => {
    const files = {
      a: shoot(
        "a",
        `${quay}\n- { upstream: ghcr.io }\n- { upstream: X.io, secretReferenceName: nope }`,
        `${entry}\n${bundle}`,
        mirror,
      ),
      s: secret.replace("immutable: true", "immutable: false"),
      e: "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: team-ca }\nspec: { target: { immutable: true, template: { data: { bundle.crt: x } } } }\n",
    };
    expect(show(chains(open(files)))).toEqual([
      "error a in garden-dev",
      "  cache",
      "    ok quay.io in a",
      "    ok quay in a",
      "    error ro-quay-v1 in s RC208",
      "  cache",
      "    ok ghcr.io in a",
      "  cache",
      "    error X.io in a RC102",
      "    error nope (not declared in spec.resources) in a RC201",
      "  mirror",
      "    ok docker.io (https://m.io) in a",
      "    ok ca in a",
      "    ok team-ca (from an ExternalSecret) in e",
    ]);
  });

  test("tell a Secret that is missing from one that nobody knows, and one of the garden", () => {
    const live = {
      name: "ro-quay-v1",
      namespace: "garden-dev",
      immutable: true,
      data: { username: "YQ==", password: "Yg==" },
    };
    const cluster = (...secrets: readonly (typeof live)[]): Facts => ({
      cluster: { namespaces: ["garden-dev"], secrets },
    });
    const last = (facts?: Facts): string | undefined =>
      show(chains(open({ a: shoot("a", quay, entry) }, facts))).at(-1);
    expect(last()).toBe("    unknown ro-quay-v1 (not known here)");
    expect(last(cluster())).toBe("    error ro-quay-v1 (not in the garden) RC205");
    expect(last(cluster(live))).toBe("    ok ro-quay-v1 (in the garden)");
    expect(last(cluster({ ...live, immutable: false }))).toBe("    error ro-quay-v1 (in the garden) RC208");
  });

  test("show on the Shoot what admission would say of its configuration as a whole", () => {
    const a = shoot("a", "- { upstream: quay.io }").replace("v1alpha3", "v1alpha2");
    expect(show(chains(open({ a })))).toEqual(["error a in garden-dev RC015", "  cache", "    ok quay.io in a"]);
  });

  test("say of two Secrets in one file only what is found on each", () => {
    const second = secret.replace("ro-quay-v1", "other").replace("immutable: true\n", "");
    const files = { a: shoot("a", quay, entry), s: `${secret}---\n${second}` };
    expect(show(chains(open(files))).at(-1)).toBe("    ok ro-quay-v1 in s");
  });
});
