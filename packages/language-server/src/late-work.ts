import { pause } from "./timer.ts";

/** Work that the messages right behind its cause may overtake, where they do not need it. */
export interface LateWork {
  /** Does the work within this turn; resolves when it is done. */
  add(work: () => Promise<void>): Promise<void>;
  /** Begins all work at once. */
  finish(): void;
}

/** So often others are let in first: the message behind may be in another chunk, and each takes two rounds from there to its method. */
const rounds = 4;

/** Makes a `LateWork` without work. */
export function createLateWork(): LateWork {
  let waiting: (() => void)[] = [];
  const finish = (): void => {
    const works = waiting;
    waiting = [];
    for (const work of works) work();
  };
  const finishLater = async (): Promise<void> => {
    for (let round = 0; round < rounds; round += 1) await pause();
    finish();
  };
  return {
    finish,
    add(work) {
      if (waiting.length === 0) finishLater();
      return new Promise((resolve, reject) => {
        waiting.push(() => work().then(resolve, reject));
      });
    },
  };
}
