import type { Shoot } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import { type ChainValue, chainValues } from "../workspace/chain-values.ts";
import type { LiveValues } from "../workspace/previous.ts";
import type { Draft, Rule } from "./rule.ts";

const head = `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: quay.io
              garbageCollection:`;

export const chainDrift: Rule = {
  code: "RC302",
  name: "chain-drift",
  severity: "warning",
  docs: {
    summary: "The Shoot in the garden has other settings of caches, mirrors or resources than the manifest says.",
    why: "Either the manifest was not applied yet, or somebody has changed the Shoot without it. Whoever applies the manifest takes that change back. Values count as the extension reads them: what is left out is its default, and 7d in other words is the same.",
  },
  example: {
    previous: `${head}
                ttl: 24h
    `,
    live: true,
    bad: `${head}
                ttl: 168h
      #              ^^^^ RC302
    `,
    good: `${head}
                ttl: 24h
    `,
  },

  needs: "previous",
  *checkShoot(shoot, previous) {
    if (previous?.live === undefined) return;
    yield* changes(shoot, previous.live);
    yield* leftOut(shoot, previous.live);
  },
};

function* changes(shoot: Shoot, live: LiveValues): Iterable<Draft> {
  const missing = new Set<string>();
  const used = usedEntries(shoot);
  for (const it of chainValues(shoot)) {
    const fields = live[it.subject];
    if (fields === undefined) {
      // What is in something that is missing is missing with it.
      if (it.field === "" && ![...missing].some((outer) => it.subject.endsWith(` of the ${outer}`)))
        yield { span: it.span, message: `the Shoot in the garden has no ${it.subject}` };
      missing.add(it.subject);
      continue;
    }
    const there = fields[it.field];
    // RC301 tells of the Secrets that caches and mirrors use.
    if (there === undefined || there.value === it.value || used.has(it.subject)) continue;
    yield { span: it.span, message: differs(it, there.shown) };
  }
}

function differs({ subject, field, shown }: ChainValue, live: string | undefined): string {
  if (shown === undefined || live === undefined)
    return `the Shoot in the garden has another ${field} for ${subject} than the manifest`;
  return `the Shoot in the garden has ${field} ${words(live)} for ${subject}, not ${words(shown)}`;
}

function words(shown: string): string {
  return shown === "" ? "unset" : shown.includes('"') ? shown : `"${shown}"`;
}

/** What only the garden has, where the manifest says all there is: a list counts as a whole, a part of a Shoot does not. */
function* leftOut(shoot: Shoot, live: LiveValues): Iterable<Draft> {
  const said = new Set([...chainValues(shoot)].map((it) => it.subject));
  for (const subject of Object.keys(live)) {
    const span = said.has(subject) ? undefined : placeFor(subject, shoot, said);
    if (span !== undefined)
      yield { span, message: `the manifest leaves out ${subject}, which the Shoot in the garden has` };
  }
}

/** The place of what should hold a subject; undefined where the manifest leaves that to others, or lacks the holder itself. */
function placeFor(subject: string, shoot: Shoot, said: ReadonlySet<string>): Span | undefined {
  const { registryCache, registryMirror, resources, extensions, isWhole, name } = shoot;
  const whole = isWhole ? name?.span : undefined;
  if (subject.startsWith("extension ")) return extensions[0]?.type?.span ?? whole;
  if (subject.startsWith("cache ")) return registryCache?.type?.span;
  if (subject.startsWith("mirror ")) return registryMirror?.type?.span;
  if (subject.startsWith("entry ")) return resources[0]?.name?.span ?? whole;
  const mirror = subject.slice(subject.indexOf(" of the ") + " of the ".length);
  return said.has(mirror) ? registryMirror?.type?.span : undefined;
}

function usedEntries({ registryCache, registryMirror }: Shoot): ReadonlySet<string> {
  const caches = (registryCache?.caches ?? []).map((it) => it.secretReferenceName);
  const hosts = (registryMirror?.mirrors ?? []).flatMap((it) =>
    it.hosts.map((host) => host.caBundleSecretReferenceName),
  );
  return new Set([...caches, ...hosts].map((it) => `entry "${it?.value ?? ""}" of spec.resources`));
}
