// What an audit of a garden reads: what caches refer to in each Shoot, and which Secrets there are.
import { connectGarden, type ListQuery, resources } from "@registry-cache/garden";

const [port = "", expected = "0"] = process.argv.slice(2);
const kubeconfigText = JSON.stringify({
  "current-context": "bench",
  clusters: [{ name: "bench", cluster: { server: `http://127.0.0.1:${port}` } }],
  contexts: [{ name: "bench", context: { cluster: "bench" } }],
});
const client = connectGarden({ kubeconfigText, env: {} });

async function count(query: ListQuery): Promise<number> {
  let seen = 0;
  for await (const { items } of client.pages(query)) seen += items.length;
  return seen;
}

const keep = {
  metadata: { name: true, namespace: true, uid: true, generation: true },
  spec: { extensions: true, resources: true },
  status: { lastOperation: true, observedGeneration: true },
} as const;
const shoots = await count({ resource: resources.shoots, keep });
const secrets = await count({ resource: resources.secrets, metadataOnly: true });
client.close();
process.exitCode = shoots === Number(expected) && secrets === Number(expected) ? 0 : 1;
