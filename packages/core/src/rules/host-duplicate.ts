import type { Shoot } from "../manifest/shoot.ts";
import { fieldOf, type Node } from "../yaml/node.ts";
import { hostUrls, type UrlPlace } from "./config-places.ts";
import { maskCredentials } from "./mask-credentials.ts";
import { areWrittenAlike, itemRemoval, lastIndexOf } from "./removal-fixes.ts";
import { repeats } from "./repeats.ts";
import type { Rule, ShootDraft } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const hostDuplicate: Rule = {
  code: "RC119",
  name: "host-duplicate",
  severity: "error",
  mirrors: "pkg/apis/mirror/validation/validation.go",
  docs: {
    summary: "A mirror lists the same host twice.",
    why: "The extension rejects the Shoot. The second one could never be asked anything that the first was not.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-mirror
          providerConfig:
            apiVersion: mirror.extensions.gardener.cloud/v1alpha1
            kind: MirrorConfig
            mirrors:
            - upstream: docker.io
              hosts:
              - host: https://mirror.gcr.io
              - host: https://mirror.gcr.io
      #               ^^^^^^^^^^^^^^^^^^^^^ RC119
                capabilities: [pull, resolve]
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-mirror
          providerConfig:
            apiVersion: mirror.extensions.gardener.cloud/v1alpha1
            kind: MirrorConfig
            mirrors:
            - upstream: docker.io
              hosts:
              - host: https://mirror.gcr.io
    `,
  },

  needs: "mirror",
  *checkShoot(shoot) {
    for (const mirror of shoot.registryMirror?.mirrors ?? []) {
      const list = fieldOf(mirror.node, "hosts");
      for (const { item, first } of repeats(hostUrls(mirror), (it) => it.value)) {
        yield duplicate(shoot, { item, first, list });
      }
    }
  },
};

interface Duplicate {
  readonly item: UrlPlace;
  readonly first: UrlPlace;
  readonly list: Node | undefined;
}

function duplicate({ uri, text }: Shoot, { item, first, list }: Duplicate): ShootDraft {
  const [at, before] = [lastIndexOf(item.path), lastIndexOf(first.path)];
  const safe = areWrittenAlike(text, list, before, at);
  return {
    span: item.span,
    message:
      item.value === ""
        ? "another host of this mirror is empty, too"
        : `"${maskCredentials(item.value)}" is a host of this mirror already`,
    related: [{ uri, span: first.span, message: "written here first" }],
    fixes: itemRemoval(text, list, at, { title: "Remove this host", safe }),
    admission: verdict("registry-mirror", "Duplicate", item.path),
  };
}
