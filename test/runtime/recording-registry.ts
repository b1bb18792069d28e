import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A registry of one image that writes down what it is asked, and answers as it is told. */
export interface RecordingRegistry {
  readonly url: string;
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/** An image of one manifest and its configuration. */
export interface TestImage {
  readonly digest: string;
  readonly manifest: Buffer;
  readonly config: Buffer;
}

const manifestType = "application/vnd.docker.distribution.manifest.v2+json";

/** Makes an image that is like no other: who has fetched one does not ask for it again. */
export function createImage(name: string): TestImage {
  const config = Buffer.from(
    JSON.stringify({ architecture: "amd64", os: "linux", author: name, rootfs: { type: "layers", diff_ids: [] } }),
  );
  const described = {
    mediaType: "application/vnd.docker.container.image.v1+json",
    size: config.length,
    digest: digestOf(config),
  };
  const manifest = Buffer.from(
    JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config: described, layers: [] }),
  );
  return { digest: digestOf(manifest), manifest, config };
}

/** Starts a registry that has an image; `status` is what it answers instead, where it is given. */
export async function startRegistry(image: TestImage, status?: number): Promise<RecordingRegistry> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    if (isManifest(request)) requests.push(`${request.method} ${request.url}`);
    if (status === undefined) serve(request, response, image);
    else response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function isManifest({ url = "" }: IncomingMessage): boolean {
  return url.includes("/manifests/");
}

function serve(request: IncomingMessage, response: ServerResponse, { manifest, config }: TestImage): void {
  const [body, type] = isManifest(request) ? [manifest, manifestType] : [config, "application/octet-stream"];
  response.writeHead(200, {
    "content-type": type,
    "content-length": body.length,
    "docker-content-digest": digestOf(body),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
