/** How many places a finding lists at most: one Secret may have thousands of users, and as many Secrets one name. */
const maxRelated = 20;

/** The first of some items, no more than a finding lists. The others are not even looked at. */
export function firstFew<T>(items: Iterable<T>): readonly T[] {
  const few: T[] = [];
  for (const item of items) {
    if (few.length === maxRelated) break;
    few.push(item);
  }
  return few;
}
