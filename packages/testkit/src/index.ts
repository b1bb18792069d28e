export { type Mark, type Marked, readCursor, readMarks } from "./marks.ts";
export { makeScratch } from "./scratch.ts";
export { type ShootLists, shootWith } from "./shoot.ts";
