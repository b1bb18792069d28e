import { isGardenError } from "@registry-cache/garden";

/** What could not be looked at, and why: whoever reads a result must know what is missing in it. */
export interface Unseen {
  /** In words, such as `Secrets in namespace garden-dev`. */
  readonly what: string;
  readonly why: string;
}

/** Gives a result, or tells that our rights end there. Every other error stays an error. */
export async function unlessForbidden<T>(asked: Promise<T>): Promise<T | "forbidden"> {
  try {
    return await asked;
  } catch (error) {
    if (isGardenError(error) && error.kind === "forbidden") return "forbidden";
    throw error;
  }
}

/** Gives a result, or undefined where there is no such object or no such resource. */
export async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isGardenError(error) && error.kind === "not-found") return undefined;
    throw error;
  }
}

/** Says where a list ends: `in namespace x`, or `in the whole garden`. */
export function placeWords(namespace: string | undefined): string {
  return namespace === undefined ? "in the whole garden" : `in namespace ${namespace}`;
}
