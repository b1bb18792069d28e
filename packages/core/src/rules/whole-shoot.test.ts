import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { dedent } from "../text/dedent.ts";
import { applyEdits } from "../text/edit.ts";
import type { Finding } from "../workspace/finding.ts";

const head = "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: { name: crazy-botany }\n";

function lint(text: string): readonly Finding[] {
  return conclude([inspect(readManifests("shoot.yaml", text))]).get("shoot.yaml") ?? [];
}

/** The findings below the head, each as its code, the text that it marks, and its message. */
function told(body: string): readonly string[] {
  const text = `${head}${dedent(body)}`;
  return lint(text).map(({ code, span, message }) => `${code} ${text.slice(span.start, span.end)}: ${message}`);
}

function mended(body: string): string {
  const text = `${head}${dedent(body)}`;
  const edits = lint(text)[0]?.fixes[0]?.edits.flatMap((it) => it.edits) ?? [];
  return applyEdits(text, edits).slice(head.length);
}

const whole =
  "cloudProfile: { name: aws }, region: eu-west-1, provider: { type: aws }, kubernetes: { version: 1.33.4 }";

test.each([
  ["only metadata", ""],
  ["an empty spec", "spec: {}"],
  ["a version", "spec: { kubernetes: { version: 1.33.4 } }"],
  ["a setting of a component", "spec: { kubernetes: { verticalPodAutoscaler: { updaterInterval: 2m } } }"],
  ["half a time window", "spec: { maintenance: { timeWindow: { begin: 220000+0100 } } }"],
  ["a worker pool in part", "spec: { provider: { workers: [{ name: pool, maximum: 5 }] } }"],
  ["a region and its profile", "spec: { region: eu-west-1, cloudProfile: { name: aws }, credentialsBindingName: a }"],
  [
    "a version and worker pools",
    "spec: { kubernetes: { version: 1.33.4 }, provider: { type: aws, workers: [{ name: a }] } }",
  ],
  [
    "orders for the merge",
    "spec: { provider: { workers: [{ name: pool, $patch: delete }] }, dns: { $patch: delete } }",
  ],
])("a patch or an example with %s lacks nothing", (_, body) => {
  expect(told(body)).toEqual([]);
});

test("a whole Shoot gives no orders for a merge", () => {
  expect(told(`spec: { ${whole}, dns: { $patch: delete } }`)).toEqual([
    'RC010 $patch: unknown field "spec.dns[$patch]"',
  ]);
});

test("the items of a list are complete in a patch too, since a merge replaces a list as a whole", () => {
  expect(
    told("spec: { extensions: [{ disabled: true }], resources: [{ resourceRef: { kind: Secret, apiVersion: v1 } }] }"),
  ).toEqual([
    'RC012 { disabled: true }: "spec.extensions[0].type" is required',
    'RC012 { resourceRef: { kind: Secret, apiVersion: v1 } }: "spec.resources[0].name" is required',
    'RC012 resourceRef: "spec.resources[0].resourceRef.name" is required',
  ]);
});

test.each([
  ["spec.region", "spec: { cloudProfile: { name: aws }, provider: { type: aws }, kubernetes: { version: 1.33.4 } }"],
  ["spec.provider", "spec: { cloudProfile: { name: aws }, region: eu-west-1, kubernetes: { version: 1.33.4 } }"],
])("a whole Shoot that has forgotten %s lacks it", (path, body) => {
  expect(told(body)).toEqual([`RC012 spec: "${path}" is required`]);
});

test("a whole Shoot without a version gets the newest", () => {
  expect(told("spec: { cloudProfile: { name: aws }, region: eu-west-1, provider: { type: aws } }")).toEqual([]);
  expect(told(`spec: { ${whole.replace("version: 1.33.4", "kubeProxy: {}")} }`)).toEqual([]);
});

test("a switch that is missing is taken for false, which is a warning", () => {
  const body = `${head}spec: { ${whole}, systemComponents: { nodeLocalDNS: {} } }`;
  expect(lint(body).map(({ code, severity, message }) => `${code} ${severity} ${message}`)).toEqual([
    'RC012 warning "spec.systemComponents.nodeLocalDNS.enabled" is required; it is taken for false',
  ]);
});

test("a worker pool of a whole Shoot that lacks fields is marked by its first line", () => {
  const body = `
    spec:
      cloudProfile: { name: aws }
      region: eu-west-1
      kubernetes: { version: 1.33.4 }
      provider:
        type: aws
        workers:
        - name: pool
          machine: { image: { version: 1.2.3 } }
          maximum: 2
  `;
  expect(told(body)).toEqual([
    'RC012 - name: pool: "spec.provider.workers[0].minimum" is required; it is taken for 0',
    'RC012 machine: "spec.provider.workers[0].machine.type" is required',
    'RC012 image: "spec.provider.workers[0].machine.image.name" is required',
  ]);
});

test("of several operations the one that does not exist is marked and mended", () => {
  const text = head.replace(
    "}",
    ', annotations: { "gardener.cloud/operation": "rotate-ca-start; rotate-ssh-keypai;rollout-workers=a" } }',
  );
  const [finding] = lint(text);
  expect(text.slice(finding?.span.start, finding?.span.end)).toBe("rotate-ssh-keypai");
  expect(applyEdits(text, finding?.fixes[0]?.edits.flatMap((it) => it.edits) ?? [])).toContain(
    '"rotate-ca-start; rotate-ssh-keypair;rollout-workers=a"',
  );
});

test("a value that the server takes and that means nothing is a warning", () => {
  const text = head.replace("}", ', annotations: { confirmation.gardener.cloud/deletion: "yes" } }');
  expect(lint(text).map(({ code, severity }) => `${code} ${severity}`)).toEqual(["RC013 warning"]);
});

test("a worker pool's own version decides on the fields of its kubelet", () => {
  const pool = (version: string): string =>
    `spec: { kubernetes: { version: 1.35.1 }, provider: { workers: [{ name: a, kubernetes: { ${version}kubelet: { imagePullCredentialsVerificationPolicy: NeverVerify } } }] } }`;
  expect(told(pool(""))).toEqual([]);
  expect(told(pool("version: 1.34.3, "))).toEqual([
    'RC021 imagePullCredentialsVerificationPolicy: "spec.provider.workers[0].kubernetes.kubelet.imagePullCredentialsVerificationPolicy" needs Kubernetes 1.35 or newer, not 1.34.3',
  ]);
});

test.each([
  ["a version without quotes", "spec: { kubernetes: { version: 1.30 } }", 'spec: { kubernetes: { version: "1.30" } }'],
  [
    "a number in quotes",
    'spec: { kubernetes: { kubelet: { maxPods: "110" } } }',
    "spec: { kubernetes: { kubelet: { maxPods: 110 } } }",
  ],
  [
    "ignoreTaints",
    "spec: { kubernetes: { clusterAutoscaler: { ignoreTaints: [a] } } }",
    "spec: { kubernetes: { clusterAutoscaler: { startupTaints: [a] } } }",
  ],
  [
    "cloudProfileName",
    "spec:\n  cloudProfileName: aws # ours\n",
    "spec:\n  cloudProfile:\n    kind: CloudProfile\n    name: aws # ours\n",
  ],
  [
    "cloudProfileName beside cloudProfile",
    "spec: { cloudProfile: { name: aws }, cloudProfileName: aws }",
    "spec: { cloudProfile: { name: aws } }",
  ],
])("%s is mended", (_, before, after) => {
  expect(mended(before)).toBe(after);
});

test("below a deprecated field only the field itself is told", () => {
  expect(told(`spec: { ${whole}, dns: { providers: [{ primary: true, secretName: a }] } }`)).toEqual([
    'RC020 providers: "spec.dns.providers" is deprecated: name providers in the configuration of the extension shoot-dns-service',
  ]);
});
