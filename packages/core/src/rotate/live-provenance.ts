/** Every Secret that a rotation made has this label, so that they are found without reading others. */
export const rotationLabel = "registry-cache-tools/rotation";

/** The annotations by which any machine can tell how far a rotation is. */
export const rotationAnnotations = {
  /** The Secret that is replaced. */
  from: "registry-cache-tools/rotated-from",
  /** When the rotation began, RFC 3339. */
  started: "registry-cache-tools/rotation-started",
  /** Who began it. */
  by: "registry-cache-tools/rotated-by",
  /** How long the old Secret is to stay after all is rolled out, as a duration of Go. */
  grace: "registry-cache-tools/rotation-grace",
  /** When the old Secret may go, RFC 3339; set when all was rolled out. */
  deleteAfter: "registry-cache-tools/delete-old-after",
  /** Somebody takes the rotation back since then, so no Shoot may be given this Secret any more. */
  rollingBack: "registry-cache-tools/rolling-back",
} as const;

/** All of our names begin so. They are about one Secret, so the next version does not keep them. */
export const ownPrefix = "registry-cache-tools/";
