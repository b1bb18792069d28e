/** The part of JSON Schema that our schemas use. Null is always allowed: to Kubernetes it means absent. */
export interface Schema {
  readonly type?: "object" | "array" | "string" | "boolean" | "integer" | "number";
  readonly description?: string;
  readonly properties?: { readonly [name: string]: Schema };
  /** `false`: other fields are unknown. A schema: the object is a map with values of that kind. Absent: anything goes. */
  readonly additionalProperties?: false | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly string[];
  /** `quantity` and `duration` as Go decodes them; `byte` is base64. A quantity may also be a number. */
  readonly format?: "quantity" | "duration" | "byte";
}
