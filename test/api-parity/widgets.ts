import type { ResourceDefinition } from "@registry-cache/testkit";

/** A resource that no server knows at its start: whoever watches it from before then asks for too much. */
export const widgets: ResourceDefinition = {
  group: "example.com",
  version: "v1",
  plural: "widgets",
  singular: "widget",
  kind: "Widget",
  shortNames: [],
  namespaced: true,
};

/** The same as a definition for a real server. */
export const widgetDefinition: object = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { kind: "Widget", plural: "widgets", singular: "widget" },
    versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
  },
};
