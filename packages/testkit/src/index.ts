export { type Mark, type Marked, readCursor, readMarks } from "./marks.ts";
export { type ShootLists, shootWith } from "./shoot.ts";
