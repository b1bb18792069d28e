import { Agent, request } from "node:https";
import { createInterface } from "node:readline";
import { ApiFailure, type ApiObject } from "@registry-cache/testkit";
import type { Cluster } from "./cluster.ts";

/** Plain calls to the API server as its administrator, for what plays a part of the cluster itself. */
export interface ApiCalls {
  /** Fails with an `ApiFailure` as the server words it. */
  call(method: string, path: string, body?: object): Promise<ApiObject>;
  /** Gives the events of a watch until it ends. */
  watch(path: string, signal: AbortSignal): AsyncIterable<{ readonly type: string; readonly object: ApiObject }>;
  close(): void;
}

/** Opens connections to a cluster. */
export function openApiCalls({ server, certificateAuthority: ca, adminToken }: Cluster): ApiCalls {
  const agent = new Agent({ keepAlive: true, ca });
  const headers = { authorization: `Bearer ${adminToken}`, accept: "application/json" };
  return {
    call: (method, path, body) =>
      new Promise((resolve, reject) => {
        const sent = body === undefined ? undefined : JSON.stringify(body);
        const type = sent === undefined ? {} : { "content-type": "application/json" };
        const asked = request(`${server}${path}`, { method, agent, headers: { ...headers, ...type } });
        asked.on("error", reject);
        asked.on("response", async (response) => {
          let text = "";
          for await (const chunk of response.setEncoding("utf8")) text += chunk;
          const answer = JSON.parse(text);
          if ((response.statusCode ?? 500) < 400) resolve(answer);
          else reject(new ApiFailure(answer));
        });
        asked.end(sent);
      }),
    async *watch(path, signal) {
      const response = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
        const asked = request(`${server}${path}`, { agent: false, ca, headers, signal });
        asked.on("error", reject);
        asked.on("response", resolve);
        asked.end();
      });
      for await (const line of createInterface({ input: response })) yield JSON.parse(line);
    },
    close: () => agent.destroy(),
  };
}
