import { type Schema, schemas } from "@registry-cache/core";

/** A kind of document whose fields we know. */
export interface Document {
  readonly kind: string;
  readonly apiVersion: string;
  /** What people call it, in lower case. */
  readonly names: readonly string[];
  readonly schema: Schema;
  /** It stands in a Shoot, as the configuration of an extension. */
  readonly inProviderConfig: boolean;
}

const { shoot, registryConfig, mirrorConfig, secret } = schemas;

/** The same documents where Shoots are as a garden knows them. */
export function documentsWith(shootSchema: Schema | undefined): readonly Document[] {
  if (shootSchema === undefined) return documents;
  return documents.map((it) => (it.schema === shoot ? { ...it, schema: shootSchema } : it));
}

/** The documents in the order in which a field is looked for. */
export const documents: readonly Document[] = [
  {
    kind: "Shoot",
    apiVersion: "core.gardener.cloud/v1beta1",
    names: ["shoot", "shoots"],
    schema: shoot,
    inProviderConfig: false,
  },
  {
    kind: "RegistryConfig",
    apiVersion: "registry.extensions.gardener.cloud/v1alpha3",
    names: ["registryconfig"],
    schema: registryConfig,
    inProviderConfig: true,
  },
  {
    kind: "MirrorConfig",
    apiVersion: "mirror.extensions.gardener.cloud/v1alpha1",
    names: ["mirrorconfig"],
    schema: mirrorConfig,
    inProviderConfig: true,
  },
  { kind: "Secret", apiVersion: "v1", names: ["secret", "secrets"], schema: secret, inProviderConfig: false },
];
