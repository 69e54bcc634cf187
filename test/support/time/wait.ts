import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A moment of real time, also where a test holds time. */
const { setTimeout: soon } = globalThis;
const look = (): Promise<void> => new Promise((resolve) => soon(resolve, 20));

/**
 * Waits for something that another process does, as long as the test may take. Nothing is concluded from how long.
 *
 * @param find what is waited for; undefined or false while it is not there
 */
export async function until<T>(find: () => T | Promise<T>): Promise<Exclude<T, undefined | false>> {
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    await look();
  }
}

/** A shell command that says that it has begun, and ends when the test lets it, or removes its folder. */
export const HELD = "touch begun; until [ -e go ] || ! [ -e begun ]; do sleep 0.03; done";

/** Whether HELD has begun in this folder. */
export const isHeld = (folder: string): boolean => existsSync(path.join(folder, "begun"));

/** Lets HELD end in this folder. */
export const release = (folder: string): void => writeFileSync(path.join(folder, "go"), "");
