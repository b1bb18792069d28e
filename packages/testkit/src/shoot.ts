/** The lists of a Shoot's two configurations and its resources, each as YAML that starts in column 0. */
export interface ShootLists {
  readonly caches?: string;
  readonly mirrors?: string;
  readonly resources?: string;
}

const cacheHead = ["apiVersion: registry.extensions.gardener.cloud/v1alpha3", "kind: RegistryConfig"];
const mirrorHead = ["apiVersion: mirror.extensions.gardener.cloud/v1alpha1", "kind: MirrorConfig"];

/** A Shoot around these lists; marks in them stay under what they mark. */
export function shootWith({ caches, mirrors, resources }: ShootLists): string {
  return [
    "apiVersion: core.gardener.cloud/v1beta1",
    "kind: Shoot",
    "metadata: { name: crazy-botany }",
    "spec:",
    "  extensions:",
    ...extension("registry-cache", cacheHead, caches),
    ...extension("registry-mirror", mirrorHead, mirrors),
    ...(resources === undefined ? [] : ["  resources:", ...indented([resources], 2)]),
    "",
  ].join("\n");
}

function extension(type: string, head: readonly string[], list: string | undefined): readonly string[] {
  return list === undefined ? [] : [`  - type: ${type}`, "    providerConfig:", ...indented([...head, list], 6)];
}

function indented(texts: readonly string[], columns: number): readonly string[] {
  return texts.flatMap((it) => it.split("\n")).map((line) => (line === "" ? "" : " ".repeat(columns) + line));
}
