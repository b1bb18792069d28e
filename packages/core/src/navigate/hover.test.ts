import { readFiles, shootWith, showSpans } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { inspect } from "../analyze/inspect.ts";
import { openWorkspace } from "../analyze/open-workspace.ts";
import { readManifests } from "../manifest/manifest.ts";
import type { Facts } from "../workspace/workspace.ts";
import { hover } from "./hover.ts";

type Files = { readonly [uri: string]: string };

/** The marked line and what is shown of it, without empty lines. */
function show(marked: Files, facts?: Facts): readonly string[] {
  const { texts, uri, offset } = readFiles(marked);
  const files = [...texts].map(([name, text]) => readManifests(name, text));
  const file = files.find((it) => it.uri === uri) ?? readManifests("", "");
  const workspace = openWorkspace(
    files.map((it) => inspect(it)),
    facts,
  );
  const found = hover(file, offset, workspace);
  if (found === undefined) return [];
  return [...showSpans(file.text, [found.span]), ...found.markdown.split("\n").filter((it) => it !== "")];
}

function shoot(caches: string, resources?: string): string {
  const lists = { caches: `caches:\n${caches}`, ...(resources === undefined ? {} : { resources }) };
  return shootWith(lists).replace("crazy-botany", "botany, namespace: garden-dev");
}

const secret = `apiVersion: v1
kind: Secret
metadata: { name: ro-quay-v1, namespace: garden-dev }
stringData: { username: reader, password: not-to-be-shown }
`;

describe("a field says what it is for", () => {
  test.each<readonly [string, Files, readonly string[]]>([
    [
      "in a cache",
      { a: shoot("- { upstream: x.io, volume: { si<|>ze: 1Gi } }") },
      [
        "- { upstream: x.io, volume: { ⟦size⟧: 1Gi } }",
        "**size**: a quantity, such as 10Gi",
        "The size of the disk. Default: 10Gi. It cannot change while the cache exists.",
      ],
    ],
    [
      "in a mirror's host",
      { a: shootWith({ mirrors: "mirrors:\n- hosts:\n  - overrideP<|>ath: true" }) },
      [
        "- ⟦overridePath⟧: true",
        "**overridePath**: true or false",
        "The host's path is the whole API root: nodes do not append /v2. Default: false.",
      ],
    ],
    [
      "with the values that it may have",
      { a: "kind: Shoot\nspec: { purpose: prod<|>uction }" },
      [
        "spec: { purpose: ⟦production⟧ }",
        "**purpose**: a string",
        "What the cluster is for. It decides on monitoring and on how carefully Gardener treats it. Default: evaluation.",
        "Allowed: `evaluation`, `testing`, `development`, `production`, `infrastructure`",
      ],
    ],
    [
      "and whether it can change",
      { a: "kind: Shoot\nspec: { reg<|>ion: eu }" },
      ["spec: { ⟦region⟧: eu }", "**region**: a string", "The region of the infrastructure. It cannot change."],
    ],
    [
      "and what replaces it, and which versions have it",
      { a: "kind: Shoot\nspec: { cloudProfile<|>Name: x }" },
      [
        "spec: { ⟦cloudProfileName⟧: x }",
        "**cloudProfileName**: a string",
        "The name of the CloudProfile. Deprecated: use cloudProfile. Kubernetes 1.34 and newer refuse it.",
      ],
    ],
    [
      "as the list that an item is in",
      { a: shootWith({ mirrors: "mirrors:\n- hosts:\n  - capabilities: [pu<|>ll]" }) },
      ["- capabilities: [⟦pull⟧]", "**capabilities**: a string"],
    ],
    [
      "where a merge key writes it",
      { a: shoot("- { <<: { remote<|>URL: x }, upstream: y }") },
      [
        "- { <<: { ⟦remoteURL⟧: x }, upstream: y }",
        "**remoteURL**: a string",
        "Where the cache pulls from. Default: https:// and the upstream; for docker.io it is https://registry-1.docker.io.",
      ],
    ],
    [
      "in a Secret that is part of a list",
      { a: `kind: List\nitems:\n- ${secret.replaceAll("\n", "\n  ").replace("stringData", "string<|>Data")}` },
      [
        "⟦stringData⟧: { username: reader, password: not-to-be-shown }",
        "**stringData**: a map",
        "The values in plain text; they are merged into data on write.",
      ],
    ],
    [
      "as the key of a Secret's value, which is not repeated",
      { a: secret.replace("not-to", "not<|>-to") },
      [
        "stringData: { username: reader, password: ⟦not-to-be-shown⟧ }",
        "**password**: a string",
        "The password or token at the upstream, exactly as it is: a line break at its end belongs to it.",
      ],
    ],
    [
      "in a settings file",
      { "x/.registry-cache.yaml": "policies: { maximum<|>VolumeSize: 1Gi }" },
      [
        "policies: { ⟦maximumVolumeSize⟧: 1Gi }",
        "**maximumVolumeSize**: a quantity, such as 10Gi",
        "The largest disk that a cache may have.",
        "Example: `100Gi`",
      ],
    ],
    [
      "while the document is being typed",
      { a: `${shoot("- { upst<|>ream: x.io }")}  broken: [` },
      [
        "- { ⟦upstream⟧: x.io }",
        "**upstream**: a string",
        "The registry host as image references name it, in lower case, with a port where references carry one. No scheme, no path.",
      ],
    ],
    ["unless nobody knows it", { a: shoot("- { upstreem<|>: x.io }") }, []],
    [
      "unless another extension has it",
      { a: "kind: Shoot\nspec: { extensions: [{ type: falco, providerConfig: { ca<|>ches: [] } }] }" },
      [],
    ],
    ["but not a colon or a blank", { a: "kind: Shoot\nspec: { region:  <|>  eu }" }, []],
    ["but not in other manifests", { a: "kind: ConfigMap\nda<|>ta: {}" }, []],
  ])("%s", (_, files, expected) => {
    expect(show(files)).toEqual(expected);
  });
});

describe("a rule's code says what it means", () => {
  const quay = "- { upstream: quay.io, secretReferenceName: quay }";
  test.each<readonly [string, Files, readonly string[]]>([
    [
      "in a comment that ignores it",
      { a: shoot(`${quay} # registry-cache: ignore RC2<|>04`) },
      [
        "- { upstream: quay.io, secretReferenceName: quay } # registry-cache: ignore ⟦RC204⟧",
        "**RC204 resource-unused** (warning)",
      ],
    ],
    [
      "by its name in a settings file",
      { ".registry-cache.yaml": "severities: { tls<|>-off: warning }" },
      ["severities: { ⟦tls-off⟧: warning }", "**RC113 tls-off** (warning)"],
    ],
    [
      "or what all that begin with it mean",
      { a: shoot(`${quay} # registry-cache: ignore RC23<|>`) },
      [
        "- { upstream: quay.io, secretReferenceName: quay } # registry-cache: ignore ⟦RC23⟧",
        "`RC23` means 4 rules:",
        "- **RC230 policy-secret-names**: A Secret with credentials is not called as `policies.secretNames` of your settings asks.",
      ],
    ],
    ["but not in any other comment", { a: shoot(`${quay} # RC2<|>04`) }, []],
    ["and not if there is none", { a: shoot(`${quay} # registry-cache: ignore RC9<|>99`) }, []],
  ])("%s", (_, files, expected) => {
    expect(show(files).slice(0, expected.length)).toEqual(expected);
    expect(show(files).length > 0).toBe(expected.length > 0);
  });
});

describe("of many chains and users only the first are shown", () => {
  const caches = (count: number): string =>
    Array.from({ length: count }, (_, it) => `- { upstream: r${it}.io, secretReferenceName: quay }`).join("\n");
  const resource = "- { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v1 } }";

  test("of the caches that use an entry", () => {
    const lines = show({ a: shoot(caches(7), resource.replace("quay", "qu<|>ay")) });
    expect(lines.filter((it) => it.includes("cache") || it.includes("more"))).toEqual([
      ...Array.from({ length: 5 }, (_, it) => `- ✓ cache \`r${it}.io\``),
      "and 2 more",
    ]);
  });

  test("of the users of a Secret", () => {
    const lines = show({ a: shoot(caches(7), resource), s: secret.replace("quay", "qu<|>ay") });
    expect(lines.filter((it) => it.includes("cache") || it.includes("more"))).toEqual([
      ...Array.from({ length: 5 }, (_, it) => `- cache \`r${it}.io\` of Shoot \`botany\`, in \`a\``),
      "- and 2 more",
    ]);
  });
});

describe("a name shows its whole chain and what is wrong with each link", () => {
  const cache = "- { upstream: quay.io, secretReferenceName: quay }";
  const here = cache.replace("quay }", "qu<|>ay }");
  const resource = "- { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v1 } }";
  const connected: Facts = { cluster: { namespaces: ["garden-dev"], secrets: [] } };
  const marked = "- { upstream: quay.io, secretReferenceName: ⟦quay⟧ }";

  test.each<readonly [string, Files, Facts | undefined, readonly string[]]>([
    [
      "from a cache",
      { "x/a.yaml": shoot(here, resource), "x/s.yaml": secret },
      undefined,
      [
        marked,
        "- ✓ cache `quay.io`",
        "- ✓ entry `quay`",
        "- ✗ Secret `ro-quay-v1`, in `s.yaml`",
        "  - error RC208: the Secret is not immutable",
      ],
    ],
    [
      "with a cache that is wrong itself, and a Secret that nobody knows",
      { a: shoot(here.replace("quay.io", "Quay.io"), resource) },
      undefined,
      [
        marked.replace("quay.io", "Quay.io"),
        "- ✗ cache `Quay.io`",
        '  - error RC102: "Quay.io" is not the name of a registry host: it must be in lower case',
        "- ✓ entry `quay`",
        "- ? Secret `ro-quay-v1` (not known here)",
      ],
    ],
    [
      "with a Secret that the garden does not have",
      { a: shoot(here, resource) },
      connected,
      [
        marked,
        "- ✓ cache `quay.io`",
        "- ✓ entry `quay`",
        "- ✗ Secret `ro-quay-v1` (not in the garden)",
        '  - error RC205: Secret "ro-quay-v1" does not exist in namespace "garden-dev"',
      ],
    ],
    [
      "with an entry that nobody declares",
      { a: shoot(here) },
      undefined,
      [
        marked,
        "- ✓ cache `quay.io`",
        "- ✗ entry `quay` (not declared in spec.resources)",
        '  - error RC201: "quay" is not declared in spec.resources',
      ],
    ],
    [
      "without a verdict where the document cannot be read to its end",
      { a: `${shoot(here)}  x: [` },
      undefined,
      [marked, "- ✓ cache `quay.io`", "- ? entry `quay` (not declared in spec.resources)"],
    ],
    [
      "with an entry of another kind",
      { a: shoot(here, resource.replace("Secret", "ConfigMap")) },
      undefined,
      [marked, "- ✓ cache `quay.io`", "- ✗ entry `quay` (names a ConfigMap)"],
    ],
    [
      "from an entry, once for each cache",
      { a: shoot(`${cache}\n${cache.replace("quay.io", "x.io")}`, resource.replace("quay", "qu<|>ay")) },
      undefined,
      [
        "- { name: ⟦quay⟧, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v1 } }",
        "- ✓ cache `quay.io`",
        "- ✓ entry `quay`",
        "- ? Secret `ro-quay-v1` (not known here)",
        "- ✓ cache `x.io`",
        "- ✓ entry `quay`",
        "- ? Secret `ro-quay-v1` (not known here)",
      ],
    ],
    [
      "from the Secret's name in an entry that nothing uses",
      { a: shoot("- { upstream: x.io }", resource.replace("ro-", "ro-<|>")) },
      undefined,
      [
        "- { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ⟦ro-quay-v1⟧ } }",
        "- ⚠ entry `quay`",
        '  - warning RC204: nothing in this Shoot uses the entry "quay"',
        "- ? Secret `ro-quay-v1` (not known here)",
      ],
    ],
    [
      "from a Secret, with its users",
      { a: shoot(cache, resource), "x/s.yaml": secret.replace("quay", "qu<|>ay") },
      undefined,
      [
        "metadata: { name: ⟦ro-quay-v1⟧, namespace: garden-dev }",
        "- ✗ Secret `ro-quay-v1`",
        "  - error RC208: the Secret is not immutable",
        "Used by:",
        "- cache `quay.io` of Shoot `botany`, in `a`",
      ],
    ],
    [
      "from a Secret without users",
      { "x/s.yaml": secret.replace("quay", "qu<|>ay").replace("stringData", "immutable: true\nstringData") },
      undefined,
      ["metadata: { name: ⟦ro-quay-v1⟧, namespace: garden-dev }", "- ✓ Secret `ro-quay-v1`", "No Shoot here uses it."],
    ],
  ])("%s", (_, files, facts, expected) => {
    expect(show(files, facts).slice(0, expected.length)).toEqual(expected);
  });
});
