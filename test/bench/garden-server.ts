// An API server that only lists, from memory, as fast as it can: what is measured is who asks it. Prints its port.
import { createServer } from "node:http";
import { secretText, shootText } from "./make-garden.ts";

const [count = "0"] = process.argv.slice(2);
const total = Number(count);
const lists = new Map([
  [
    "/apis/core.gardener.cloud/v1beta1/shoots",
    { kind: "ShootList", apiVersion: "core.gardener.cloud/v1beta1", text: shootText },
  ],
  ["/api/v1/secrets", { kind: "SecretList", apiVersion: "v1", text: secretText }],
]);

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://server");
  const list = lists.get(pathname);
  if (list === undefined) return void response.writeHead(404).end();
  const limit = Number(searchParams.get("limit") ?? total) || total;
  const start = Number(searchParams.get("continue") ?? 0);
  const end = Math.min(start + limit, total);
  const token = end < total ? `,"continue":"${end}","remainingItemCount":${total - end}` : "";
  const partial = request.headers.accept?.includes("PartialObjectMetadata") === true;
  const head = partial ? { kind: "PartialObjectMetadataList", apiVersion: "meta.k8s.io/v1" } : list;
  response.writeHead(200, { "content-type": "application/json" });
  response.write(
    `{"kind":"${head.kind}","apiVersion":"${head.apiVersion}","metadata":{"resourceVersion":"1"${token}},"items":[`,
  );
  let at = start;
  const more = (): void => {
    while (at < end) {
      const items: string[] = [];
      for (; at < end && items.length < 25; at += 1) items.push(list.text(at, partial));
      const text = items.join(",");
      // Latin letters only, so the cheapest way to bytes will do.
      if (!response.write(Buffer.from(at < end ? `${text},` : text, "latin1")))
        return void response.once("drain", more);
    }
    response.end("]}");
  };
  more();
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" && address ? address.port : "");
});
