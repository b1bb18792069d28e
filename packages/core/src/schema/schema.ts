/** The part of JSON Schema that our schemas use, and what else is to be known of a field. Null is allowed unless it says otherwise: to Kubernetes it means absent. */
export interface Schema {
  readonly type?: SchemaType | readonly ["integer", "string"];
  /** What the field is for. `describeField` adds its default, whether it can change, and so on. */
  readonly description?: string;
  readonly properties?: { readonly [name: string]: Schema };
  /** `false`: other fields are unknown. A schema: the object is a map with values of that kind. Absent: anything goes. */
  readonly additionalProperties?: false | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly string[];
  /** The value may be several of `enum`, with this between them. */
  readonly separator?: ";" | ",";
  readonly format?: SchemaFormat;
  /** The value that the server fills in. A field that has one is never missing. */
  readonly default?: string | number | boolean | readonly string[];
  /** The value that the server fills in, in words, where it depends on others. */
  readonly computed?: string;
  /** The field should no longer be used; the text says what to do instead, as the second half of a sentence. */
  readonly deprecated?: string;
  /** The neighbour that takes the value of this deprecated field, where nothing else is to be decided. */
  readonly replacement?: Replacement;
  /** When the field may not change. */
  readonly immutable?: Immutability;
  /** The server writes it; what a manifest says is ignored, so it is not checked. */
  readonly readOnly?: true;
  /** The first minor version of Kubernetes that has the field, such as 1.35. */
  readonly since?: string;
  /** The first minor version of Kubernetes for which the field is refused. */
  readonly until?: string;
  /** What the value names: a resource of the garden, or an entry elsewhere in the Shoot. */
  readonly reference?: string;
  /** Some extension's own configuration: its content is not ours to judge. */
  readonly opaque?: true;
  /** The list is merged by this field of its items, so a patch may hold an item in part. */
  readonly mergeKey?: string;
  readonly examples?: readonly string[];
  /** The rule that judges the value and its absence in place of the schema's rules. */
  readonly judgedBy?: string;
  /** The server takes other values than those of `enum` too, but they mean nothing. */
  readonly lenient?: true;
  /** `false`: the server reads null as a value, and refuses it. */
  readonly nullable?: false;
  /** The garden that was asked does not have the field: it drops it, or refuses what has it. */
  readonly notInGarden?: true;
  /** Only the garden that was asked knows the field. */
  readonly onlyInGarden?: true;
}

/** A field that takes the value of another: as it is, or under `as` beside other entries. */
export interface Replacement {
  readonly field: string;
  readonly as?: string;
  readonly beside?: { readonly [name: string]: string };
}

/** The types of values. */
export type SchemaType = "object" | "array" | "string" | "boolean" | "integer" | "number";

/**
 * How a value is written. `quantity` and `duration` as Go decodes them, where a quantity may also be a number; `byte` is base64;
 * `time-of-day` is an hour with its zone, such as 220000+0100.
 */
export type SchemaFormat =
  | "quantity"
  | "duration"
  | "byte"
  | "date-time"
  | "int32"
  | "int64"
  | "int-or-percent"
  | "cidr"
  | "time-of-day";

/** When a field may not change; `immutabilities` says each in words. */
export type Immutability = keyof typeof immutabilities;

/** What may not happen to a field in an update, for each kind of immutability. */
export const immutabilities = {
  always: "It cannot change.",
  "once-set": "Once set, it cannot change.",
  kept: "Once set, it cannot be removed.",
  "no-downgrade": "It cannot go back.",
  upgrade: "It cannot go back, and can only move to the next minor version.",
  "managed-seed": "It cannot change while the cluster is a seed.",
  "ip-families": "It can only change between IPv4 and both families.",
  "update-strategy": "It cannot change between rolling and in-place updates.",
  binding: "It cannot change; it can be removed when credentialsBindingName is set.",
  seed: "Once set, it changes only through the subresource shoots/binding.",
  scheduled: "Once set and scheduled, it cannot change.",
  "zones-added": "Zones can only be added, and only when the failure tolerance becomes zone.",
} as const;
