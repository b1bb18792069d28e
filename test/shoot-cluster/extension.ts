import { decodeBase64, decodeUtf8, readManifests } from "@registry-cache/core";
import {
  type Credentials,
  type RenderedCache,
  readRuntimeCaches,
  registryImage,
  renderCaches,
} from "@registry-cache/runtime";
import type { ApiObject } from "@registry-cache/testkit";

/** Renders what the extension deploys for a Shoot, with the Secrets that its garden has at that moment. */
export function renderShoot(shoot: ApiObject, secrets: readonly ApiObject[]): readonly RenderedCache[] {
  const [view] = readManifests("shoot", JSON.stringify(shoot)).documents.flatMap((it) => it.shoots);
  const caches = view && readRuntimeCaches(view);
  if (view === undefined || caches === undefined || !caches.ok) throw new Error("the test's Shoot has no caches");
  return renderCaches(caches.value, {
    image: registryImage,
    verticalPodAutoscaling: false,
    certificateOf: () => ({ certificate: "", key: "" }),
    credentialsOf: ({ secretReferenceName }) => {
      const entry = view.resources.find((it) => it.name?.value === secretReferenceName);
      const secret = secrets.find((it) => it.metadata.name === entry?.target?.value);
      return secret && credentialsIn(secret);
    },
  });
}

function credentialsIn({ data }: ApiObject): Credentials {
  const text = (key: string): string => {
    const encoded = typeof data === "object" && data !== null ? Reflect.get(data, key) : undefined;
    return decodeUtf8(decodeBase64(String(encoded ?? "")) ?? new Uint8Array()).text;
  };
  return { username: text("username"), password: text("password") };
}
