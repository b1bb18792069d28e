/**
 * A copy of a string that does not keep the text alive from which it was cut. Engines share the memory of a slice with its
 * source: without this, a name kept from each of 100,000 files would keep all the files.
 */
export function flat(text: string): string;
export function flat(text: string | undefined): string | undefined;
export function flat(text: string | undefined): string | undefined {
  return text === undefined || text.length < 13 ? text : ` ${text}`.slice(1);
}
