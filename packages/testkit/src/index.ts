export { type Mark, type Marked, readCursor, readMarks } from "./marks.ts";
