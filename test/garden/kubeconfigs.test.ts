import { rmSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { connectGarden, errorLine, isGardenError } from "@registry-cache/garden";
import {
  type ApiServer,
  createAuthority,
  createGardenerSimulator,
  createVirtualClock,
  MemoryStore,
  makeScratch,
  startApiServer,
} from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { runKubectl, runPlugin } from "./beside-kubectl.ts";

const kubectl = findKubectl();

describe.skipIf(lacks(kubectl, "lists of kubeconfigs beside the real kubectl"))(
  "lists of kubeconfigs, beside the real kubectl",
  () => {
    let server: ApiServer;
    let folder = "";
    beforeAll(async () => {
      const store = new MemoryStore();
      const garden = createGardenerSimulator({ store, clock: createVirtualClock(), authorize: async () => true });
      garden.stop();
      server = await startApiServer({ store, resources: garden.resources });
      for (const name of ["one", "two"]) server.known.tokens.set(`token-of-${name}`, { name, groups: [] });
      folder = makeScratch(filesFor(server));
      symlinkSync(join("deep", "two"), join(folder, "link"));
    });
    afterAll(async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    });

    async function both(
      list: readonly string[],
    ): Promise<{ readonly ours: readonly string[]; readonly theirs: readonly string[]; readonly said: string }> {
      const around = { home: join(folder, "home"), cwd: folder };
      const env = { KUBECONFIG: list.join(delimiter) };
      const get = ["get", "shoots.core.gardener.cloud"];
      const [asked, ran, view] = await Promise.all([
        runKubectl(kubectl.path, get, { ...around, env }),
        runPlugin(["usage"], { ...around, env }),
        runKubectl(kubectl.path, ["config", "view", "--minify", "-o", `jsonpath=${minified}`], { ...around, env }),
      ]);
      const absolute = list.map((it) => (it === "" ? "" : join(folder, it))).join(delimiter);
      return { ours: [chosen(absolute), ran.error], theirs: [view.out, asked.error], said: ran.error };
    }

    test.each([
      ["one"],
      ["deep/two"],
      ["one", "deep/two"],
      ["deep/two", "one"],
      ["gone", "one"],
      ["", "one", ""],
      ["only-a-context", "one", "deep/two"],
      ["only-a-user", "one"],
      ["a-comment", "empty", "one"],
      ["an-unknown-field", "one"],
      ["only-cluster-of-the-same-name", "one"],
      ["one", "only-cluster-of-the-same-name"],
      ["two-documents"],
      ["with-a-mark-and-carriage-returns"],
    ])("the same counts of %s %s %s", async (...list) => {
      const { ours, theirs } = await both(list.filter((it) => it !== undefined));
      expect(ours).toEqual(theirs);
      expect(ours[1]).toMatch(/^Error from server \(Forbidden\): .* User "(one|two)" /);
    });

    test.each([
      [["one", "a-folder"], 'error: cannot read the kubeconfig "a-folder": is a directory'],
      [["one", "broken"], 'error: error loading config file "broken": line 1 cannot be read as YAML'],
      [["a-text", "one"], 'error: error loading config file "a-text": the file must be a map'],
      [
        ["a-shoot", "one"],
        'error: error loading config file "a-shoot": it is a Shoot of core.gardener.cloud/v1beta1, no kubeconfig',
      ],
      [["twice", "one"], 'error: error loading config file "twice": clusters has the name "c" twice'],
      [
        ["a-number", "one"],
        'error: error loading config file "a-number": current-context must be text; put it in quotes',
      ],
      [["gone"], 'error: no cluster was found: $KUBECONFIG is "gone", and no file there names one'],
      [["", ""], `error: no cluster was found: $KUBECONFIG is "${delimiter}", and no file there names one`],
      [["lost", "one"], 'error: cluster "nowhere" does not exist in the kubeconfig; known are c'],
      // A link's certificates are beside the link.
      [["link"], "error: the cluster's certificate authority holds no certificate in PEM"],
    ])("both refuse %j", async (list, says) => {
      const { theirs, said } = await both(list);
      expect(said).toBe(says);
      expect(theirs[1]).not.toBe("");
    });
  },
);

const minified = "{.clusters[0].cluster.server} {.contexts[0].name} {.contexts[0].context.namespace}";

/** What our client takes of a list, in the form of `minified`. */
function chosen(list: string): string {
  try {
    const client = connectGarden({ env: { KUBECONFIG: list } });
    client.close();
    return `${client.server.origin} ${client.contextName} ${client.namespaceChosen ? client.namespace : ""}`;
  } catch (error) {
    return isGardenError(error) ? errorLine(error) : String(error);
  }
}

/** Files that share names; each user is told by its token, each authority is right in its own folder only. */
function filesFor({ url, authority }: ApiServer): { readonly [path: string]: string } {
  const { port } = new URL(url);
  const one = `apiVersion: v1
kind: Config
current-context: x
clusters: [{name: c, cluster: {server: "${url}", certificate-authority: deep/ca.crt}}]
users: [{name: u, user: {token: token-of-one}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
`;
  const two = `current-context: z
clusters:
- {name: c, cluster: {server: "https://localhost:${port}", certificate-authority: ca.crt}}
- {name: d, cluster: {server: "https://localhost:${port}", certificate-authority: ca.crt, tls-server-name: localhost}}
users: [{name: u, user: {token: token-of-two}}, {name: v, user: {token: token-of-two}}]
contexts:
- {name: x, context: {cluster: c, user: u, namespace: garden-x}}
- {name: z, context: {cluster: d, user: v, namespace: garden-z}}
`;
  return {
    one,
    "deep/two": two,
    "deep/ca.crt": authority.certificate,
    "ca.crt": createAuthority().certificate.replaceAll("CERTIFICATE", "NOTHING"),
    "only-a-context": "current-context: z\n",
    "only-a-user": "users: [{name: u, user: {token: token-of-two}}]\nclusters: null\n",
    "only-cluster-of-the-same-name": `clusters: [{name: c, cluster: {server: "https://localhost:${port}", certificate-authority: deep/ca.crt}}]\n`,
    "a-comment": "# nothing\n",
    empty: "",
    "an-unknown-field": "kind: Config\npreferences: {}\nnonsense: {a: b}\n",
    "two-documents": `${one}---\n${two}`,
    "with-a-mark-and-carriage-returns": `\u{feff}${one.replaceAll("\n", "\r\n")}`,
    "a-folder/none": "",
    "home/none": "",
    broken: "a: [\n",
    "a-text": "just text\n",
    "a-shoot": "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\n",
    twice: "clusters: [{name: c, cluster: {}}, {name: c, cluster: {}}]\n",
    "a-number": "current-context: 5\n",
    lost: "contexts: [{name: q, context: {cluster: nowhere, user: u}}]\ncurrent-context: q\n",
  };
}
