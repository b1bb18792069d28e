import type { ManifestFile } from "../manifest/manifest.ts";
import type { Finding } from "../workspace/finding.ts";
import type { SecretId } from "./rotation.ts";

/** The values of a new Secret. They come from nowhere but the request, and go nowhere but into the new manifest. */
export type NewValues =
  | { readonly purpose: "credentials"; readonly username: string; readonly password: string }
  | { readonly purpose: "ca-bundle"; readonly bundle: string };

/** What a plan is made from. */
export interface RotationFiles {
  readonly secret: SecretId;
  /** Every file that names the Secret in any way, and those of its namespace's other versions. */
  readonly files: readonly ManifestFile[];
  /** The kustomizations that may list the file of the Secret. */
  readonly kustomizations: readonly Kustomization[];
  /** What is found in a file. */
  readonly findingsOf: (uri: string) => readonly Finding[];
}

/** A kustomization and where a file lies, seen from its folder. */
export interface Kustomization {
  readonly file: ManifestFile;
  /** The file that may be listed. */
  readonly listed: string;
  /** Its path from the kustomization's folder, with slashes. */
  readonly path: string;
}

/** What to rotate, and to what. */
export interface RotationRequest extends RotationFiles {
  /** Absent: the values are left empty, to be filled in by hand. */
  readonly values?: NewValues | undefined;
  /** How values are written; by default as the old Secret writes them, empty ones as text for a person to fill in. */
  readonly encoding?: "stringData" | "data" | undefined;
  /** Names of Secrets that are taken, beside those in the files. */
  readonly taken?: ReadonlySet<string> | undefined;
  /** Tells whether a file is there already. */
  readonly fileExists?: ((uri: string) => boolean) | undefined;
  /** For an ExternalSecret; without it the rotation of one stops and asks. */
  readonly remote?: RemoteChange | undefined;
  /** Go on with what is there: no version is made, the latest one is taken up. */
  readonly resume?: boolean | undefined;
  /** The day, as `2026-01-31`, for names that end with a date. */
  readonly today?: string | undefined;
}

/** Where an ExternalSecret finds the new values in its store. */
export interface RemoteChange {
  /** The new remote key; or, where the old manifest names several, `OLD=NEW` for each. */
  readonly keys: readonly string[];
  readonly version?: string | undefined;
  /** The store holds the new values where it held the old ones. */
  readonly unchanged: boolean;
}
