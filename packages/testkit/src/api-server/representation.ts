import { type ApiObject, textIn } from "./object.ts";

/** In which form a client wants objects. */
export type Form = "object" | "partial" | "table";

/** The first form of an Accept header that we can give. */
export function formOf(accept: string | undefined): Form {
  for (const type of (accept ?? "").split(",")) {
    if (type.includes("as=PartialObjectMetadata")) return "partial";
    if (type.includes("as=Table")) return "table";
  }
  return "object";
}

/** An object in a form. */
export function toForm(object: ApiObject, form: Form): object {
  if (form === "table") return toTable([object], { resourceVersion: object.metadata.resourceVersion });
  return form === "partial" ? toPartial(object) : object;
}

/** A list in a form. Items of a list do not repeat what they are. */
export function toListForm(
  items: readonly ApiObject[],
  list: { readonly apiVersion: string; readonly kind: string; readonly metadata: object },
  form: Form,
): object {
  if (form === "table") return toTable(items, list.metadata);
  if (form === "partial") {
    const kind = "PartialObjectMetadataList";
    return { kind, apiVersion: "meta.k8s.io/v1", metadata: list.metadata, items: items.map(toPartial) };
  }
  const { apiVersion, kind, metadata } = list;
  return { kind: `${kind}List`, apiVersion, metadata, items: items.map(({ apiVersion: _, kind: __, ...it }) => it) };
}

function toPartial({ metadata }: ApiObject): object {
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata };
}

function toTable(items: readonly ApiObject[], metadata: object): object {
  const column = (name: string, type: string): object => ({ name, type, format: "", description: name, priority: 0 });
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: [{ ...column("Name", "string"), format: "name" }, column("Created At", "date")],
    rows: items.map((it) => ({
      cells: [it.metadata.name, textIn(it, "metadata", "creationTimestamp") ?? ""],
      object: toPartial(it),
    })),
  };
}
