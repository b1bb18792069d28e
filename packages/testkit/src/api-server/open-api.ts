import { createHash } from "node:crypto";
import { type Answer, json } from "./answer.ts";
import type { ApiHandler } from "./exchange.ts";

/** Documents of OpenAPI v3 by group version, such as `apis/core.gardener.cloud/v1beta1`. */
export interface OpenApiDocuments {
  readonly [groupVersion: string]: object;
}

const root = "/openapi/v3";

/** Serves OpenAPI v3 before all else: its index with a hash for each document, and the documents. */
export function withOpenApi(handle: ApiHandler, documents: OpenApiDocuments): ApiHandler {
  return async (request) => {
    const answer = request.method === "GET" ? answerOf(request.path, documents) : undefined;
    return answer === undefined ? handle(request) : { ...answer, warnings: [] };
  };
}

function answerOf(path: string, documents: OpenApiDocuments): Answer | undefined {
  if (path === root) return json({ paths: indexOf(documents) });
  const name = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : "";
  const document = Object.hasOwn(documents, name) ? documents[name] : undefined;
  return document && json(document);
}

function indexOf(documents: OpenApiDocuments): object {
  const names = Object.entries(documents).map(([name, document]) => {
    const hash = createHash("sha512").update(JSON.stringify(document)).digest("hex").toUpperCase();
    return [name, { serverRelativeURL: `${root}/${name}?hash=${hash}` }];
  });
  return Object.fromEntries(names);
}
