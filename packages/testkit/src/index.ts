export { growthOf, inStep } from "./growth.ts";
export { type Files, type Mark, type Marked, readCursor, readFiles, readMarks, showSpans } from "./marks.ts";
export { makePipe, pipes } from "./pipe.ts";
export { lacks, type Requirement } from "./requirements.ts";
export { type RotationShoot, rotationSecret, rotationShoot } from "./rotation-texts.ts";
export { makeScratch } from "./scratch.ts";
export { type ShootLists, shootWith } from "./shoot.ts";
