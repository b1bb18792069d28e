/**
 * What a look into a Shoot showed of the caches that got the new credential. Gardener says that the extension took a change;
 * only the cluster says whether the caches run with it.
 */
export type Verification =
  | { readonly state: "running" }
  | { readonly state: "passed" }
  /** Nobody could look, or what was seen does not tell. */
  | { readonly state: "unknown"; readonly why: string }
  | { readonly state: "failed"; readonly why: string };

/** Whether rolled-out Shoots are looked into: not at all, where that is possible, or else nothing goes on. */
export type VerifyWish = "no" | "try" | "must";
